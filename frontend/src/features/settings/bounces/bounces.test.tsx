import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { PausedAddresses } from './PausedAddresses'

const PAUSED = 'GET /api/v1/me/paused-addresses'
const one = {
  id: '1',
  email: 'claire@example.org',
  status: '5.1.1',
  failures: 1,
  paused_at: '2026-11-20T10:00:00.000Z',
}
const server = serve({
  'GET /api/v1/session': makeSession(),
  [PAUSED]: { items: [one] },
  'DELETE /api/v1/me/paused-addresses/*': undefined,
})

test('an address that mail comes back from is shown, and resumed by a press', async () => {
  await renderWithProviders(<PausedAddresses />)
  const resume = await screen.findByRole('button', { name: 'Reprendre les envois à claire@example.org' })
  server.give({ [PAUSED]: { items: [] } })
  await userEvent.click(resume)
  expect(await screen.findByText('Les envois reprennent.')).toBeInTheDocument()
  expect(server.to('DELETE /api/v1/me/paused-addresses/1')).toHaveLength(1)
})
