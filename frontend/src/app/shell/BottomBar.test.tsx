import { IconHome } from '@tabler/icons-react'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderWithProviders } from '@/testing/render'
import type { Place } from '../navigation'
import { BottomBar } from './BottomBar'

const places = (count: number): Place[] =>
  Array.from({ length: count }, (_, index) => ({
    label: index === count - 1 ? 'administration' : 'home',
    icon: IconHome,
    to: `/${index}`,
  }))

test('five places fit under the thumb', async () => {
  await renderWithProviders(<BottomBar places={places(5)} />)
  expect(screen.getAllByRole('link')).toHaveLength(5)
  expect(screen.queryByRole('button', { name: 'Plus' })).not.toBeInTheDocument()
})

test('beyond, the last ones stand behind « Plus »', async () => {
  await renderWithProviders(<BottomBar places={places(6)} />)
  const bar = screen.getByRole('navigation', { name: 'Navigation rapide' })
  expect(within(bar).getAllByRole('listitem')).toHaveLength(5)
  await userEvent.click(within(bar).getByRole('button', { name: 'Plus' }))
  expect(await screen.findByRole('menuitem', { name: 'Administration' })).toBeInTheDocument()
})
