import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeCommunity, makeCommunityCard, makeCommunityMember, makePersonRef } from '@/testing/makeCommunity'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { Beside } from './components/Beside'
import { Joining } from './components/Joining'
import { Members } from './components/Members'
import { Notices } from './components/Notices'
import { Standing } from './components/Standing'
import { Wall } from './components/Wall'

const MEMBERSHIP = '/api/v1/communities/*/membership'
const server = serve({
  [`PUT ${MEMBERSHIP}`]: makeCommunityCard({ role: 'member' }),
  [`DELETE ${MEMBERSHIP}`]: undefined,
  'PUT /api/v1/communities/*/charter-acceptance': makeCommunityCard({ role: 'member' }),
})
const stay = async () => {}
const addressOf = (id: string) => `/people/${id}`

test('an open community without a charter is joined at once', async () => {
  await renderWithProviders(<Joining community={makeCommunity()} />)
  await userEvent.click(screen.getByRole('button', { name: 'Rejoindre' }))
  await waitFor(() => expect(server.to(`PUT ${MEMBERSHIP}`)).toHaveLength(1))
  expect(server.to(`PUT ${MEMBERSHIP}`)[0]?.body).toEqual({ charter_version: 0 })
})

test('a charter is read before one joins, and the version that was read is the one accepted', async () => {
  const community = makeCommunity({ charter_html: '<p>Bottes obligatoires.</p>', charter_version: 4 })
  await renderWithProviders(<Joining community={community} />)
  await userEvent.click(screen.getByRole('button', { name: 'Rejoindre' }))
  const dialog = within(await screen.findByRole('dialog', { name: /Charte de/ }))
  expect(dialog.getByText('Bottes obligatoires.')).toBeInTheDocument()
  expect(server.to(`PUT ${MEMBERSHIP}`)).toHaveLength(0)
  await userEvent.click(dialog.getByRole('button', { name: 'J’accepte et je rejoins' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(server.to(`PUT ${MEMBERSHIP}`)[0]?.body).toEqual({ charter_version: 4 })
})

test('why one could not join is said where one wanted to', async () => {
  server.give({
    [`PUT ${MEMBERSHIP}`]: problem(409, 'charter_not_accepted', 'Lisez et acceptez d’abord la charte.'),
  })
  await renderWithProviders(<Joining community={makeCommunity()} />)
  await userEvent.click(screen.getByRole('button', { name: 'Rejoindre' }))
  expect(await screen.findByText('Lisez et acceptez d’abord la charte.')).toBeInTheDocument()
})

test('one leaves after having been told what it takes to come back', async () => {
  const left = vi.fn(stay)
  await renderWithProviders(<Standing community={makeCommunity({ access: 'secret' })} as="member" onLeft={left} />)
  await userEvent.click(screen.getByRole('button', { name: 'Membre, votre place ici' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Quitter la communauté' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByText(/Pour revenir, il faudra une invitation/)).toBeInTheDocument()
  await userEvent.click(dialog.getByRole('button', { name: 'Quitter' }))
  await waitFor(() => expect(left).toHaveBeenCalledOnce())
  expect(server.to(`DELETE ${MEMBERSHIP}`)).toHaveLength(1)
})

test('the last owner is told to hand over first, and nothing has changed', async () => {
  const left = vi.fn(stay)
  server.give({ [`DELETE ${MEMBERSHIP}`]: problem(409, 'last_owner', 'Confiez-la à quelqu’un, ou archivez-la.') })
  await renderWithProviders(<Standing community={makeCommunity()} as="owner" onLeft={left} />)
  await userEvent.click(screen.getByRole('button', { name: 'Propriétaire, votre place ici' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Quitter la communauté' }))
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Quitter' }))
  expect(await screen.findByText('Confiez-la à quelqu’un, ou archivez-la.')).toBeInTheDocument()
  expect(left).not.toHaveBeenCalled()
})

test('a charter that changed is accepted from any part of the community', async () => {
  const community = makeCommunity({
    role: 'member',
    abilities: ['read', 'accept_charter'],
    charter_html: '<p>Nouvelle règle.</p>',
    charter_version: 2,
  })
  await renderWithProviders(<Notices community={community} />)
  await userEvent.click(screen.getByRole('button', { name: 'Lire la charte' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByText('Nouvelle règle.')).toBeInTheDocument()
  await userEvent.click(dialog.getByRole('button', { name: 'J’accepte la charte' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(server.to('PUT /api/v1/communities/*/charter-acceptance')[0]?.body).toEqual({ charter_version: 2 })
})

test('an archived community says so, and only that', async () => {
  await renderWithProviders(<Notices community={makeCommunity({ archived: true })} />)
  expect(screen.getByText(/Communauté archivée/)).toBeInTheDocument()
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})

test('a wall that is closed to the reader says who can open it', async () => {
  const run_by = [makePersonRef(), makePersonRef({ name: 'Claire Vasseur' })]
  await renderWithProviders(
    <Wall community={makeCommunity({ access: 'on_request', abilities: ['request'], run_by })}>
      Ce que l’on s’y dit
    </Wall>,
  )
  expect(screen.getByRole('heading', { name: 'Communauté fermée' })).toBeInTheDocument()
  expect(screen.getByText(/Demandez l’accès à Nadia Cherkaoui ou Claire Vasseur/)).toBeInTheDocument()
})

test('beside stands of whom it is made, in numbers, and who runs it', async () => {
  const community = makeCommunity({ mix: { student: 12, alum: 3, staff: 0, partner: 0 } })
  await renderWithProviders(<Beside community={community} aboutAddress="/about" addressOf={addressOf} />)
  const lines = within(screen.getByRole('list', { name: 'Membres par public' })).getAllByRole('listitem')
  expect(lines.map((line) => line.textContent)).toEqual(['Étudiants12', 'Alumni3'])
  const running = within(screen.getByRole('region', { name: 'Animation' }))
  expect(running.getByRole('link', { name: 'Nadia Cherkaoui' })).toBeInTheDocument()
})

describe('members', () => {
  const ines = makeCommunityMember({
    person: makePersonRef({ name: 'Inès Benali', public: 'student', affiliation: 'L3 Géographie' }),
    abilities: ['give_role', 'take_out'],
  })
  const nadia = makeCommunityMember({ role: 'owner' })
  const MEMBERS = '/api/v1/communities/*/members'
  const open = async () => {
    server.give({
      [`GET ${MEMBERS}`]: { items: [nadia, ines], next: null },
      [`PUT ${MEMBERS}/*/role`]: undefined,
      [`DELETE ${MEMBERS}/*`]: undefined,
    })
    await renderWithProviders(<Members community={makeCommunity({ role: 'owner' })} addressOf={addressOf} />)
    await screen.findByRole('link', { name: 'Inès Benali' })
  }
  const act = async (label: string) => {
    await userEvent.click(screen.getByRole('button', { name: 'Agir sur la place de Inès Benali' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: label }))
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: label }))
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  }

  test('only those on whom one may act have a menu', async () => {
    await open()
    expect(screen.getAllByRole('button', { name: /Agir sur la place/ })).toHaveLength(1)
    expect(screen.getByText('Propriétaire')).toBeInTheDocument()
  })

  test('a community is handed over to a member', async () => {
    await open()
    await act('Nommer propriétaire')
    const [call] = server.to(`PUT ${MEMBERS}/*/role`)
    expect(call?.path).toContain(ines.person.id)
    expect(call?.body).toEqual({ role: 'owner' })
  })

  test('a member is taken out', async () => {
    await open()
    await act('Retirer de la communauté')
    expect(server.to(`DELETE ${MEMBERS}/*`)[0]?.path).toContain(ines.person.id)
  })

  test('they are looked for by name and role', async () => {
    await open()
    await userEvent.type(screen.getByRole('searchbox', { name: /Chercher un nom/ }), 'benali')
    await userEvent.click(screen.getByRole('button', { name: 'Animation' }))
    await waitFor(() => {
      const search = server.to(`GET ${MEMBERS}`).at(-1)?.search
      expect([search?.get('q'), search?.get('role')]).toEqual(['benali', 'moderator'])
    })
  })
})
