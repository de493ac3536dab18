import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makePersonRef } from '@/testing/makeCommunity'
import { makeLine, makeNotification } from '@/testing/makeNotification'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { Notifications } from './components/Notifications'
import type { Line, Notification } from './queries'

const server = serve()
const people = ['Inès Benali', 'Omar Diallo', 'Claire Vasseur'].map((name) => makePersonRef({ name }))
const told = (...items: Notification[]) => ({ items, next: null, position: 42 })
const shown = (which: 'all' | 'unread' = 'all', onWhich = () => {}) => (
  <Notifications which={which} onWhich={onWhich} addressOf={({ about_id }) => `/posts/${about_id}`} />
)

test.each<[Partial<Notification>, Partial<Line>, string]>([
  [{}, { people, count: 3 }, 'Inès Benali et 2 autres ont répondu à votre question « Quelle carte fait foi ? »'],
  [{}, { people: people.slice(0, 2), count: 2 }, 'Inès Benali et Omar Diallo ont répondu à votre question'],
  [{}, { people: people.slice(0, 1), count: 2 }, 'Inès Benali et une autre personne ont répondu à votre question'],
  [{ post_kind: 'message' }, { people: [] }, 'Quelqu’un a commenté votre publication'],
  [{ own: false }, { reason: 'reply', people }, 'Inès Benali a répondu à votre commentaire sur'],
  [{ own: false }, { reason: 'accepted', people }, 'Inès Benali a retenu votre réponse à'],
  [{ own: false }, { reason: 'mention', people }, 'Inès Benali parle de vous dans'],
  [{ kind: 'conversation', subject: 'Mémoires' }, { reason: 'mention', people }, 'parle de vous dans Mémoires'],
  [{ kind: 'conversation', subject: '' }, { reason: 'mention', people }, 'parle de vous dans une conversation'],
  [{ kind: 'conversation', subject: 'Mémoires' }, { reason: 'answered', people }, 'un fil que vous suivez, Mémoires'],
  [{ own: false, post_kind: 'event' }, { reason: 'moved', people }, 'change de date ou de lieu'],
  [{ own: false, post_kind: 'event' }, { reason: 'seat', people: [] }, 'Une place s’est libérée pour vous'],
  [{ own: false, post_kind: 'event' }, { reason: 'reminder', people: [] }, 'C’est bientôt'],
  [{ own: false, post_kind: 'event' }, { reason: 'cancelled', people }, 'est annulé'],
  [{ own: false }, { reason: 'call', people }, 'Inès Benali appelle toute la communauté'],
  [{ kind: 'requests', subject: 'Club' }, { reason: 'request', people, count: 2 }, 'demandent à rejoindre Club'],
  [{ kind: 'community', subject: 'Club' }, { reason: 'invitation', people }, 'vous invite à rejoindre Club'],
  [{ kind: 'community', subject: 'Club' }, { reason: 'let_in', people }, 'a accepté votre demande : Club'],
  [{ kind: 'organisation_cases', subject: '' }, { reason: 'reported', people: [] }, 'la modération de l’organisation'],
  [{ kind: 'decisions', subject: '' }, { reason: 'decided', people: [] }, 'décidé d’un de vos messages sur la place'],
  [{ kind: 'folder', subject: 'Cours' }, { reason: 'document_added', people }, 'a ajouté des documents dans Cours'],
  [{ kind: 'folder', subject: 'Cours' }, { reason: 'version_added', people }, 'de nouvelles versions dans Cours'],
  [{ kind: 'cases', subject: 'Club' }, { reason: 'reported', people: [] }, 'attend votre décision dans Club'],
  [
    { kind: 'decisions', subject: 'Club' },
    { reason: 'examined', people: [] },
    'Votre signalement dans Club a été examiné',
  ],
  [{ kind: 'contacts', subject: '' }, { reason: 'contact_asked', people, count: 2 }, 'souhaitent faire partie de vos'],
  [{ kind: 'mentoring', subject: '' }, { reason: 'mentoring_accepted', people }, 'a accepté l’échange que vous'],
  [{ kind: 'decisions', subject: 'Club' }, { reason: 'decided', people: [] }, 'décidé d’un de vos messages dans Club'],
])('each is a sentence that leads to what it is about (%#)', async (more, line, sentence) => {
  const one = makeNotification({ ...more, lines: [makeLine(line)] })
  server.give({ 'GET /api/v1/notifications': told(one) })
  await renderWithProviders(shown())
  const link = await screen.findByRole('link')
  expect(link.textContent?.replaceAll('\u00a0', ' ')).toContain(sentence)
  expect(link).toHaveAttribute('href', `/posts/${one.about_id}`)
})

test('what is unread is said so, and what else happened of it stands below', async () => {
  const lines = [makeLine({ reason: 'mention' }), makeLine({ people, count: 3 })]
  server.give({
    'GET /api/v1/notifications': told(makeNotification({ lines, unseen: 4 }), makeNotification({ unseen: 0 })),
  })
  await renderWithProviders(shown())
  const [unread, read] = await screen.findAllByRole('link')
  expect(unread).toHaveTextContent(/^Non lue, Nadia Cherkaoui parle de vous/)
  expect(read).toHaveTextContent(/^Nadia Cherkaoui a répondu/)
  expect(screen.getByText('Inès Benali et 2 autres ont commenté')).toBeInTheDocument()
})

test('all are read up to what was shown, and it is said when that failed', async () => {
  server.give({
    'GET /api/v1/notifications': told(makeNotification()),
    'GET /api/v1/notifications/count': { unread: 1, position: 42 },
    'PUT /api/v1/notifications/read': problem(503, 'unavailable', 'Indisponible'),
  })
  await renderWithProviders(shown())
  const all = screen.getByRole('button', { name: 'Tout marquer comme lu' })
  await waitFor(() => expect(all).toBeEnabled())
  await userEvent.click(all)
  expect(await screen.findByText('Indisponible')).toBeInTheDocument()
  server.give({
    'GET /api/v1/notifications': told(makeNotification({ unseen: 0 })),
    'GET /api/v1/notifications/count': { unread: 0, position: 42 },
    'PUT /api/v1/notifications/read': { unread: 0, position: 42 },
  })
  await userEvent.click(all)
  await waitFor(() => expect(all).toBeDisabled())
  expect(server.to('PUT /api/v1/notifications/read').map(({ body }) => body)).toEqual([{ up_to: 42 }, { up_to: 42 }])
  expect(await screen.findByRole('link')).not.toHaveTextContent('Non lue')
})

test('only those that are unread can be asked for, and none is a good thing', async () => {
  server.give({ 'GET /api/v1/notifications': told() })
  const onWhich = vi.fn()
  const { rerender } = await renderWithProviders(shown('all', onWhich))
  expect(await screen.findByText('Rien pour l’instant')).toBeInTheDocument()
  await userEvent.click(screen.getByText('Non lues'))
  expect(onWhich).toHaveBeenCalledWith('unread')
  rerender(shown('unread', onWhich))
  expect(await screen.findByText('Vous avez tout lu')).toBeInTheDocument()
  const asked = server.to('GET /api/v1/notifications').map(({ search }) => search.get('unread'))
  expect(asked).toEqual(['false', 'true'])
})
