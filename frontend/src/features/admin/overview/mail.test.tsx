import { screen } from '@testing-library/react'
import { makeMember, makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { MailTrouble } from './MailTrouble'

const server = serve({ 'GET /api/v1/session': makeSession({ member: makeMember({ abilities: ['administer'] }) }) })
const nothing = { put_off: 0, next_try_at: null, given_up: 0, given_up_at: null }

test('an administrator sees that mails were given up', async () => {
  server.give({ 'GET /api/v1/mail-deliveries': { ...nothing, given_up: 3, given_up_at: '2026-11-27T00:00:00Z' } })
  await renderWithProviders(<MailTrouble />)
  expect(await screen.findByText('3 courriels ont été abandonnés ces trente derniers jours.')).toBeVisible()
  expect(screen.queryByText(/n’ont pas encore pu partir/)).not.toBeInTheDocument()
})
