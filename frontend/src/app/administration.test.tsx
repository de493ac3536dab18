import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeMember, makeOrganisation, makeSession } from '@/testing/make'
import { makePage, withVersion } from '@/testing/makeAdmin'
import { testQueryClient } from '@/testing/render'
import { serve } from '@/testing/server'
import { Providers } from './Providers'
import { createAppRouter } from './routes'

const server = serve({
  'GET /api/v1/organisation': makeOrganisation(),
  'GET /api/v1/organisation/pages': [
    makePage({ slug: 'accessibility', label: 'Accessibilité : non conforme', placeholders: ['date'] }),
  ],
  'GET /api/v1/organisation/pages/*': withVersion(makePage(), '"1"'),
  'GET /api/v1/mail-tray': { items: [], next: null },
})

function open(at: string, member: ReturnType<typeof makeMember> | null) {
  server.give({ 'GET /api/v1/session': makeSession({ member }) })
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

const abilities = (...more: NonNullable<Parameters<typeof makeMember>[0]>['abilities'] & object) =>
  makeMember({ abilities: more })
const linksOf = async (name: string) =>
  within(await screen.findByRole('navigation', { name }))
    .getAllByRole('link')
    .map((link) => link.textContent)

test('who manages people finds the parts that are theirs, and nothing else', async () => {
  open('/admin', abilities('administer', 'manage_people'))
  expect(await screen.findByRole('heading', { level: 1, name: 'Administration' })).toBeInTheDocument()
  expect(await linksOf('Parties de l’administration')).toEqual(['Personnes', 'Structure', 'Invitations'])
  expect(await linksOf('Administration')).toEqual([
    'Vue d’ensemble',
    'Personnes',
    'Structure',
    'Invitations',
    'Retour à Parvis',
  ])
})

test('an administrator finds everything, and what the legal pages lack', async () => {
  open('/admin', abilities('administer', 'manage_people', 'change_organisation', 'read_audit'))
  expect(await linksOf('Parties de l’administration')).toEqual([
    'Personnes',
    'Structure',
    'Invitations',
    'Organisation',
    'Pages légales',
    'Journal d’audit',
    'État du service',
  ])
  expect(await screen.findByText('1 mention à compléter')).toBeInTheDocument()
})

test('who moderates alone finds the reports among the places of the product', async () => {
  server.give({ 'GET /api/v1/cases': { items: [], next: null } })
  open('/admin/reports', abilities('moderate'))
  expect(await screen.findByRole('heading', { level: 1, name: 'Signalements' })).toBeInTheDocument()
  expect(await screen.findByText('Aucun signalement à traiter')).toBeInTheDocument()
  const links = await linksOf('Navigation principale')
  expect(links).toContain('Signalements')
  expect(links).not.toContain('Administration')
})

test.each([
  '/admin',
  '/admin/people',
  '/admin/people/new',
  '/admin/people/0193a1b2-0000-7000-8000-000000000001',
  '/admin/structure',
  '/admin/structure/units/0193a1b2-0000-7000-8000-000000000001',
  '/admin/structure/programmes/0193a1b2-0000-7000-8000-000000000001',
  '/admin/structure/cohorts/0193a1b2-0000-7000-8000-000000000001',
  '/admin/invitations',
  '/admin/organisation',
  '/admin/pages',
  '/admin/pages/legal',
  '/admin/audit',
  '/admin/health',
  '/admin/reports',
])('%s tells a student who may open it, and asks the server for nothing', async (address) => {
  open(address, makeMember())
  expect(await screen.findByRole('heading', { level: 1, name: /^Il faut être/ })).toBeInTheDocument()
  expect(server.calls.filter(({ path }) => /people|units|programmes|cohorts|audit|health/.test(path))).toEqual([])
  expect(screen.queryByRole('navigation', { name: 'Administration' })).not.toBeInTheDocument()
})

const withheld = () =>
  makeMember({ withheld_abilities: ['administer', 'manage_people', 'change_organisation', 'read_audit'] })

test('whose role waits for a second factor is led to set one up, and nothing is asked for', async () => {
  server.give({ 'GET /api/v1/session/proof': { proved_until: null, kinds: ['password', 'email_code'] } })
  open('/admin/audit', withheld())
  expect(await screen.findByRole('heading', { level: 1, name: 'Un second facteur est demandé' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Ajouter un second facteur' })).toHaveAttribute('href', '/settings/security')
  expect(await linksOf('Navigation principale')).toContain('Administration')
  expect(server.calls.filter(({ path }) => /audit/.test(path))).toEqual([])
})

test('who has one proves it there, and the page opens', async () => {
  let proved = false
  open('/admin', withheld())
  server.give({
    'GET /api/v1/session': () =>
      makeSession({ member: proved ? abilities('administer', 'manage_people') : withheld() }),
    'GET /api/v1/session/proof': { proved_until: null, kinds: ['totp'] },
    'POST /api/v1/session/proof': () => {
      proved = true
      return { proved_until: '2026-12-03T08:10:00Z', kinds: ['totp'] }
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Utiliser mon second facteur' }))
  await userEvent.type(await screen.findByRole('textbox', { name: 'Code' }), '123456{Enter}')
  expect(await screen.findByRole('heading', { level: 1, name: 'Administration' })).toBeInTheDocument()
})

test('a legal page is read by visitors under the way in, by members in the shell', async () => {
  open('/pages/legal', null)
  expect(await screen.findByRole('heading', { level: 2, name: 'Éditeur' })).toBeInTheDocument()
  expect(screen.getByRole('heading', { level: 1, name: 'Mentions légales' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Connexion' })).toHaveAttribute('href', '/sign-in')
  expect(screen.queryByRole('navigation', { name: 'Navigation principale' })).not.toBeInTheDocument()
})

test('the link to the accessibility statement says the degree it declares', async () => {
  open('/pages/legal', makeMember())
  expect(await screen.findByRole('navigation', { name: 'Navigation principale' })).toBeInTheDocument()
  expect(await screen.findByRole('link', { name: 'Accessibilité : non conforme' })).toHaveAttribute(
    'href',
    '/pages/accessibility',
  )
})

test('the mails of a demonstration are one step away, inside and at the door; elsewhere nothing shows', async () => {
  server.give({ 'GET /api/v1/organisation': makeOrganisation({ mail_tray: true }) })
  open('/sign-in', null)
  expect(await screen.findByRole('link', { name: 'Courriels de la démonstration' })).toHaveAttribute(
    'href',
    '/mail-tray',
  )
})

test('inside, the mails stand in the navigation', async () => {
  server.give({ 'GET /api/v1/organisation': makeOrganisation({ mail_tray: true }) })
  open('/mail-tray', makeMember())
  expect(await screen.findByRole('heading', { name: 'Aucun courriel pour l’instant' })).toBeInTheDocument()
  expect(await linksOf('Navigation principale')).toEqual([
    'Accueil',
    'Communautés',
    'Messages',
    'Documents',
    'Annuaire',
    'Notifications',
    'Agenda',
    'Réglages',
    'Courriels',
  ])
})
