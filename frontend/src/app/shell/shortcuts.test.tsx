import { IconHome } from '@tabler/icons-react'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { renderWithProviders } from '@/testing/render'
import type { Place } from '../navigation'
import { ShortcutList } from './ShortcutList'
import { shortcuts, useShortcuts } from './useShortcuts'

const places: Place[] = [
  { label: 'home', icon: IconHome, to: '/' },
  { label: 'messages', icon: IconHome, to: '/messages' },
]

function Keys({ onSearch = () => {} }: { onSearch?: () => void }) {
  const [open, setOpen] = useState(false)
  useShortcuts(places, () => setOpen(true), onSearch)
  return (
    <>
      <input aria-label="Écrire" />
      <ShortcutList open={open} onClose={() => setOpen(false)} places={places} />
    </>
  )
}

test('G then a letter leads to a place, ? lists what keys do, and neither while one types or wants none', async () => {
  const { location: where } = await renderWithProviders(<Keys />)
  const start = where()
  await userEvent.click(screen.getByLabelText('Écrire'))
  await userEvent.keyboard('gm?')
  expect([where(), screen.queryByRole('dialog')]).toEqual([start, null])
  await userEvent.click(document.body)
  await userEvent.keyboard('?')
  const list = within(await screen.findByRole('dialog', { name: 'Raccourcis clavier' }))
  expect(list.getByText('Répondre dans un fil, sur un message')).toBeInTheDocument()
  expect(list.queryByText('Annuaire')).not.toBeInTheDocument()
  await userEvent.click(list.getByRole('checkbox', { name: /Raccourcis d’une seule touche/ }))
  await userEvent.keyboard('{Escape}')
  await userEvent.keyboard('?')
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  shortcuts.set('on')
  await userEvent.keyboard('gx')
  expect(where()).toBe(start)
  await userEvent.keyboard('gm')
  expect(where()).toBe('/messages')
})

test('Ctrl K searches even while one types, / only when one does not', async () => {
  const onSearch = vi.fn()
  await renderWithProviders(<Keys onSearch={onSearch} />)
  await userEvent.click(screen.getByLabelText('Écrire'))
  await userEvent.keyboard('/{Control>}k{/Control}')
  expect(onSearch).toHaveBeenCalledTimes(1)
  await userEvent.click(document.body)
  await userEvent.keyboard('/')
  expect(onSearch).toHaveBeenCalledTimes(2)
  await userEvent.keyboard('{Control>}{Shift>}k{/Shift}{/Control}')
  shortcuts.set('off')
  await userEvent.keyboard('/')
  expect(onSearch).toHaveBeenCalledTimes(2)
  await userEvent.keyboard('{Control>}k{/Control}')
  expect(onSearch).toHaveBeenCalledTimes(3)
  shortcuts.set('on')
})
