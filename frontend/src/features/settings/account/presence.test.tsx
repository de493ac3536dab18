import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { makeMe } from '@/testing/makeAccount'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { PresenceChoice } from './PresenceChoice'

const server = serve({ 'GET /api/v1/session': makeSession() })

test('what one looks at is shown to others until one hides it', async () => {
  server.give({ 'GET /api/v1/me': makeMe(), 'PATCH /api/v1/me': makeMe({ shows_presence: false }) })
  await renderWithProviders(<PresenceChoice />)
  const shown = await screen.findByRole('checkbox', { name: 'Montrer ce que je regarde, et que j’écris' })
  expect(shown).toBeChecked()
  await userEvent.click(shown)
  expect(await screen.findByText('Choix enregistré.')).toBeInTheDocument()
  expect(shown).not.toBeChecked()
  expect(server.to('PATCH /api/v1/me')[0]?.body).toEqual({ shows_presence: false })
})
