import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeCommunity } from '@/testing/makeCommunity'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { LevelDialog } from './components/LevelDialog'

const LEVEL = '/api/v1/communities/*/notification-level'
const server = serve({ [`GET ${LEVEL}`]: { level: 'all', abilities: ['change'] } })
const place = makeCommunity({ name: 'Hydrologie' })

test('of what one is told of a place is chosen at once, and stays as it was when it is refused', async () => {
  server.give({ [`PUT ${LEVEL}`]: { level: 'nothing', abilities: ['change'] } })
  await renderWithProviders(<LevelDialog community={place} open onClose={() => {}} />)
  expect(await screen.findByRole('radio', { name: /De tout ce qui s’y publie/ })).toBeChecked()
  await userEvent.click(screen.getByRole('radio', { name: /De rien/ }))
  expect(await screen.findByText('Choix enregistré.')).toBeInTheDocument()
  expect(server.to(`PUT ${LEVEL}`)[0]?.body).toEqual({ level: 'nothing' })
  expect(screen.getByRole('radio', { name: /De rien/ })).toBeChecked()

  server.give({ [`PUT ${LEVEL}`]: problem(404, 'not_found', 'Introuvable') })
  await userEvent.click(screen.getByRole('radio', { name: /De ce qui me concerne/ }))
  expect(await screen.findByRole('alert')).toBeInTheDocument()
  expect(screen.getByRole('radio', { name: /De rien/ })).toBeChecked()
})
