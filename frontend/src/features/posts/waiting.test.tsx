import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { sessionQuery } from '@/entities/session/queries'
import { makeId, makeSession } from '@/testing/make'
import { makeComment, makePost } from '@/testing/makePost'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import type { Addresses } from './addresses'
import { PostCard } from './components/PostCard'

const SAY = 'POST /api/v1/posts/*/comments'
const here = makeId()
const nowhere = () => Promise.reject(new TypeError('Failed to fetch'))
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/posts/*/comments': { items: [], next: null },
  'GET /api/v1/posts/*': makePost(here),
  [SAY]: nowhere,
})
const to: Addresses = {
  person: (id) => `/people/${id}`,
  community: (id) => `/communities/${id}`,
  post: (id) => `/posts/${id}`,
}

/** Written where no network is, and refused when there is one again. */
async function refused(words: string) {
  const { queryClient } = await renderWithProviders(<PostCard post={makePost(here)} communityId={here} to={to} />)
  await queryClient.ensureQueryData(sessionQuery)
  await userEvent.click(screen.getByRole('button', { name: /^Commenter/ }))
  await userEvent.type(await screen.findByLabelText('Votre commentaire'), words)
  await userEvent.click(screen.getByRole('button', { name: 'Envoyer' }))
  expect(await screen.findByText('En attente d’envoi')).toBeInTheDocument()
  server.give({ [SAY]: problem(422, 'invalid', 'Trop long.') })
  window.dispatchEvent(new Event('online'))
  expect(await screen.findByText('Non envoyé. Trop long.')).toBeInTheDocument()
}

test('a comment that is refused for good is kept with its reason, and corrected where it stands', async () => {
  await refused('Trop vite.')
  expect(screen.getByText('Trop vite.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Corriger' }))
  const list = within(screen.getByRole('list', { name: 'Vos commentaires en attente d’envoi' }))
  const words = list.getByLabelText('Votre commentaire à corriger')
  expect(words).toHaveValue('Trop vite.')
  server.give({ [SAY]: makeComment() })
  await userEvent.type(words, ' Pardon.')
  await userEvent.click(list.getByRole('button', { name: 'Envoyer' }))
  await waitFor(() => expect(screen.queryByLabelText('Votre commentaire à corriger')).not.toBeInTheDocument())
  const [, last] = server.to(SAY).slice(-2)
  expect(last?.body).toMatchObject({ body: 'Trop vite. Pardon.' })
})

test('or it is thrown away, and is sent no more', async () => {
  await refused('Non.')
  const asked = server.to(SAY).length
  await userEvent.click(screen.getByRole('button', { name: 'Abandonner' }))
  await waitFor(() => expect(screen.queryByText('Non.')).not.toBeInTheDocument())
  window.dispatchEvent(new Event('online'))
  expect(server.to(SAY)).toHaveLength(asked)
})
