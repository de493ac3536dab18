import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import type { ReplyAddress } from './queries'
import { ReplyByMail } from './ReplyByMail'

const address = (id: string, title: string | null): ReplyAddress => ({
  id,
  kind: 'post',
  title,
  path: title && `/posts/${id}`,
  created_at: '2026-11-20T10:00:00.000Z',
  used_at: null,
})
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/me/reply-addresses': { items: [address('1', 'Sortie de terrain'), address('2', null)], next: null },
  'DELETE /api/v1/me/reply-addresses/*': undefined,
  'DELETE /api/v1/me/reply-addresses': undefined,
})

test('a reply address is taken back once its member has confirmed', async () => {
  await renderWithProviders(<ReplyByMail />)
  const one = /Retirer l’adresse de réponse à.*Sortie de terrain/
  await userEvent.click(await screen.findByRole('button', { name: one }))
  expect(server.to('DELETE /api/v1/me/reply-addresses/1')).toHaveLength(0)
  await userEvent.click(await screen.findByRole('button', { name: 'Retirer' }))
  expect(await screen.findByText('L’adresse est retirée.')).toBeInTheDocument()
  expect(server.to('DELETE /api/v1/me/reply-addresses/1')).toHaveLength(1)
})

test('all are taken back at once; a thread that one may not see has no title', async () => {
  await renderWithProviders(<ReplyByMail />)
  expect(await screen.findByText('Un fil qui n’est plus là pour vous')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Retirer toutes les adresses' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.click(dialog.getByRole('button', { name: 'Retirer toutes les adresses' }))
  expect(await screen.findByText('Toutes les adresses sont retirées.')).toBeInTheDocument()
  expect(server.to('DELETE /api/v1/me/reply-addresses')).toHaveLength(1)
})
