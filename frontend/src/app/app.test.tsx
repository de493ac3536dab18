import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { currentLanguage } from '@/lib/language'
import { makeMember, makeOrganisation, makeSession } from '@/testing/make'
import { makeCommunity, makeCommunityCard } from '@/testing/makeCommunity'
import { makeAnswer } from '@/testing/makeSearch'
import { testQueryClient } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { Providers } from './Providers'
import { createAppRouter } from './routes'

const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/organisation': makeOrganisation(),
  'GET /api/v1/feed': { items: [], next: null, as_of: '2026-11-25T10:00:00.000Z' },
  'GET /api/v1/feed/new': { count: 0 },
  'GET /api/v1/communities/suggestions': { items: [] },
})

function open(at: string) {
  const queryClient = testQueryClient()
  const router = createAppRouter(queryClient)
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: [at] }) } as never)
  render(
    <Providers queryClient={queryClient}>
      <RouterProvider router={router} />
    </Providers>,
  )
  return { location: () => router.state.location.href }
}

const signedInAs = (more: Parameters<typeof makeMember>[0]) =>
  server.give({ 'GET /api/v1/session': makeSession({ member: makeMember(more) }) })
const visitor = () => server.give({ 'GET /api/v1/session': makeSession({ member: null }) })

test('home greets by the given name, names the university and the window', async () => {
  open('/')
  expect(await screen.findByRole('heading', { level: 1, name: 'Bonjour Inès' })).toBeInTheDocument()
  expect(await screen.findByText('Université de Valorne')).toBeInTheDocument()
  expect(document.title).toBe('Accueil – Parvis')
})

test('navigation shows only what exists and what is allowed', async () => {
  open('/')
  const navigation = await screen.findByRole('navigation', { name: 'Navigation principale' })
  expect(
    within(navigation)
      .getAllByRole('link')
      .map((link) => link.textContent),
  ).toEqual(['Accueil', 'Communautés', 'Messages', 'Documents', 'Annuaire', 'Notifications', 'Agenda', 'Réglages'])
  expect(within(navigation).getByRole('link', { current: 'page' })).toHaveTextContent('Accueil')
})

test('Ctrl K opens the search over any page, and what had the focus has it again when it closes', async () => {
  server.give({ 'GET /api/v1/me/searches': { items: [] } })
  open('/')
  const box = (await screen.findAllByRole('button', { name: 'Rechercher' }))[0] as HTMLElement
  box.focus()
  await userEvent.keyboard('{Control>}k{/Control}')
  const search = within(await screen.findByRole('dialog', { name: 'Recherche' }))
  await waitFor(() => expect(search.getByRole('combobox')).toHaveFocus())
  expect(await search.findByRole('option', { name: /Créer une communauté/ })).toBeInTheDocument()
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  await waitFor(() => expect(box).toHaveFocus())
})

test('from the search one begins a question, which is written where it is asked', async () => {
  server.give({
    'GET /api/v1/me/searches': { items: [] },
    'GET /api/v1/search': makeAnswer([]),
    'GET /api/v1/search/suggestions': { items: [] },
    'POST /api/v1/me/searches': {},
    'GET /api/v1/communities': {
      items: [makeCommunityCard({ name: 'Chœur', abilities: ['read', 'post'] })],
      next: null,
    },
  })
  open('/')
  await userEvent.click((await screen.findAllByRole('button', { name: 'Rechercher' }))[0] as HTMLElement)
  await userEvent.type(await screen.findByRole('combobox'), 'partitions')
  await userEvent.click(await screen.findByRole('option', { name: /^Demander/ }))
  const places = within(await screen.findByRole('list', { name: /Où|communauté/ }))
  await userEvent.click(await places.findByRole('button', { name: 'Chœur' }))
  expect(await screen.findByRole('textbox', { name: /^Votre question/ })).toHaveValue('partitions')
})

test('one’s communities are at hand, and the others one step further', async () => {
  server.give({
    'GET /api/v1/communities': { items: [makeCommunityCard({ name: 'Chœur universitaire' })], next: 'more' },
  })
  open('/')
  const mine = within(await screen.findByRole('navigation', { name: 'Vos communautés' }))
  expect(mine.getByRole('link', { name: 'Chœur universitaire' })).toBeInTheDocument()
  expect(mine.getByRole('link', { name: 'Toutes' })).toHaveAttribute('href', '/communities?list=mine')
  const thumb = screen.getByRole('navigation', { name: 'Navigation rapide' })
  expect(within(thumb).getByRole('link', { name: 'Groupes' })).toBeInTheDocument()
})

test('a community is told from nothing at all only by who may see it', async () => {
  const community = makeCommunity()
  server.give({
    [`GET /api/v1/communities/${community.id}`]: community,
    'GET /api/v1/communities/unknown': problem(404, 'not_found', 'Page introuvable'),
  })
  open(`/communities/${community.id}/about`)
  expect(await screen.findByRole('heading', { level: 1, name: community.name })).toBeInTheDocument()
  expect(await screen.findByRole('link', { name: 'À propos', current: 'page' })).toBeInTheDocument()
  expect(screen.queryByRole('link', { name: 'Réglages', current: 'page' })).not.toBeInTheDocument()
  cleanup()
  open('/communities/unknown/members')
  expect(await screen.findByRole('heading', { level: 1, name: 'Page introuvable ou réservée' })).toBeInTheDocument()
})

test('a guest is not shown the way to a directory that is closed to him', async () => {
  signedInAs({ abilities: [], public: null, publics: [] })
  open('/')
  const navigation = await screen.findByRole('navigation', { name: 'Navigation principale' })
  expect(within(navigation).queryByRole('link', { name: 'Annuaire' })).not.toBeInTheDocument()
})

test('every bar shows the photo of who has one', async () => {
  signedInAs({ avatar: { small: '/a?size=small', large: '/a' } })
  open('/')
  for (const you of await screen.findAllByRole('button', { name: /votre menu/ })) {
    expect(you.querySelector('img')).toHaveAttribute('src', '/a?size=small')
  }
})

test('home says who waits for an answer, and leads there', async () => {
  server.give({
    'GET /api/v1/me/contact-requests/count': { received: 2 },
    'GET /api/v1/mentorships/count': { asked: 1 },
  })
  open('/')
  const waiting = within(await screen.findByRole('region', { name: 'On attend votre réponse' }))
  expect(waiting.getByRole('link', { name: '2 demandes de contact' })).toHaveAttribute(
    'href',
    '/contacts?list=received',
  )
  expect(waiting.getByRole('link', { name: '1 demande de mentorat' })).toHaveAttribute('href', '/mentoring?side=mentor')
})

test('home says nothing of requests when nobody waits', async () => {
  server.give({
    'GET /api/v1/me/contact-requests/count': { received: 0 },
    'GET /api/v1/mentorships/count': { asked: 0 },
  })
  open('/')
  await waitFor(() => expect(server.to('GET /api/v1/mentorships/count')).not.toEqual([]))
  expect(screen.queryByText('On attend votre réponse')).not.toBeInTheDocument()
})

test('who may administer finds the way there, on wide and on small screens', async () => {
  signedInAs({ abilities: ['administer'] })
  open('/')
  const navigation = await screen.findByRole('navigation', { name: 'Navigation principale' })
  expect(within(navigation).getByRole('link', { name: 'Administration' })).toHaveAttribute('href', '/admin')
  const thumb = screen.getByRole('navigation', { name: 'Navigation rapide' })
  await userEvent.click(within(thumb).getByRole('button', { name: 'Plus' }))
  expect(await screen.findByRole('menuitem', { name: 'Administration' })).toBeInTheDocument()
})

test('a visitor is asked to sign in, and comes back to where he was going', async () => {
  visitor()
  const { location } = open('/settings/security?tab=keys')
  expect(await screen.findByRole('heading', { level: 1, name: 'Bienvenue sur Parvis' })).toBeInTheDocument()
  expect(location()).toBe(`/sign-in?next=${encodeURIComponent('/settings/security?tab=keys')}`)
  expect(screen.queryByRole('navigation', { name: 'Navigation principale' })).not.toBeInTheDocument()
})

test('who is in already is not asked again, and is never sent to another site', async () => {
  const { location } = open('/sign-in?next=//evil.example')
  expect(await screen.findByRole('heading', { level: 1, name: 'Bonjour Inès' })).toBeInTheDocument()
  expect(location()).toBe('/')
})

test('who signed in elsewhere goes on to where he was going', async () => {
  const { location } = open(`/sign-in?next=${encodeURIComponent('/components?tab=keys#top')}`)
  await waitFor(() => expect(location()).toBe('/components?tab=keys#top'))
})

test('what does not exist and what is not yours look the same', async () => {
  open('/nowhere')
  expect(await screen.findByRole('heading', { level: 1, name: 'Page introuvable ou réservée' })).toBeInTheDocument()
})

test('the member’s own language wins over the browser’s', async () => {
  signedInAs({ language: 'en' })
  open('/')
  expect(await screen.findByRole('heading', { level: 1, name: 'Hello Inès' })).toBeInTheDocument()
  expect(currentLanguage()).toBe('en')
})

test('a theme chosen here is kept by the server, and taken back when it was not', async () => {
  server.give({ 'PATCH /api/v1/me': {} })
  open('/')
  await userEvent.click(await screen.findByRole('button', { name: 'Passer au thème sombre' }))
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'))
  await waitFor(() => expect(server.to('PATCH /api/v1/me')[0]?.body).toEqual({ appearance: 'dark' }))
  server.give({ 'PATCH /api/v1/me': problem(503, 'unavailable', 'Indisponible') })
  await userEvent.click(await screen.findByRole('button', { name: 'Passer au thème clair' }))
  await waitFor(() => expect(server.to('PATCH /api/v1/me')).toHaveLength(2))
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'))
})

test('the steps left are those the server says, and unknown ones are passed over', async () => {
  signedInAs({ next_steps: ['interests', 'of-the-future' as never, 'passkey'] })
  open('/')
  const steps = await screen.findByRole('region', { name: 'Pour bien commencer' })
  expect(
    within(steps)
      .getAllByRole('heading', { level: 3 })
      .map((one) => one.textContent),
  ).toEqual(['Ajouter une clé d’accès', 'Choisir vos centres d’intérêt'])
  expect(within(steps).getByRole('link', { name: 'Choisir' })).toHaveAttribute('href', '/settings/interests')
})

test('when nothing is left, home says so', async () => {
  open('/')
  expect(await screen.findByText(/Tout est prêt sur votre compte\./)).toBeInTheDocument()
  expect(screen.queryByText('Pour bien commencer')).not.toBeInTheDocument()
})

test('counts of the publics are shown when the server tells them', async () => {
  server.give({
    'GET /api/v1/organisation': makeOrganisation({
      publics: { student: 9412, alum: 31060, staff: 1180, partner: 212 },
    }),
  })
  open('/')
  const who = await screen.findByRole('region', { name: 'Qui se retrouve ici' })
  expect(await within(who).findByText(/^31\s060$/)).toBeInTheDocument()
})

test('signing out ends the session and leads to the door', async () => {
  server.give({
    'DELETE /api/v1/session': () => {
      visitor()
      return undefined
    },
  })
  open('/')
  await userEvent.click((await screen.findAllByRole('button', { name: 'Inès Benali, votre menu' }))[0] as HTMLElement)
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Se déconnecter' }))
  expect(await screen.findByRole('heading', { level: 1, name: 'Bienvenue sur Parvis' })).toBeInTheDocument()
  expect(server.to('DELETE /api/v1/session')).toHaveLength(1)
})

test('a server that breaks is said in words, without a trace', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  server.give({ 'GET /api/v1/session': () => problem(500, 'internal', 'Traceback: secret') })
  open('/')
  expect(await screen.findByRole('heading', { level: 1, name: 'Cette page s’est arrêtée' })).toBeInTheDocument()
  expect(document.body).not.toHaveTextContent('secret')
  expect(screen.getByRole('button', { name: 'Recharger la page' })).toBeInTheDocument()
})

test('a new page takes the focus', async () => {
  open('/')
  const navigation = await screen.findByRole('navigation', { name: 'Navigation principale' })
  await userEvent.click(within(navigation).getByRole('link', { name: 'Réglages' }))
  await waitFor(() => expect(screen.getByRole('main')).toHaveFocus())
})

test('legal links are on every screen', async () => {
  visitor()
  open('/sign-in')
  const legal = await screen.findByRole('navigation', { name: 'Informations légales' })
  expect(
    within(legal)
      .getAllByRole('link')
      .map((link) => link.getAttribute('href')),
  ).toEqual(['/pages/legal', '/pages/privacy', '/pages/accessibility'])
})
