import { useQuery } from '@tanstack/react-query'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeCommunity, makeCommunityCard } from '@/testing/makeCommunity'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { communityQuery } from '../queries'
import { Archiving } from './Archiving'
import { CommunitySettings } from './CommunitySettings'
import { CreateCommunity } from './CreateCommunity'

const COMMUNITIES = '/api/v1/communities'
const made = makeCommunityCard()
const server = serve({
  [`POST ${COMMUNITIES}`]: made,
  [`PATCH ${COMMUNITIES}/*`]: made,
  [`PUT ${COMMUNITIES}/*/archiving`]: made,
  [`DELETE ${COMMUNITIES}/*/archiving`]: made,
  [`POST ${COMMUNITIES}/previews`]: { html: '<p>Bienvenue <strong>à tous</strong></p>' },
})

test('a community is made of what was written, once', async () => {
  const created = vi.fn()
  await renderWithProviders(<CreateCommunity onCreated={created} cancel={null} />)
  await userEvent.type(screen.getByRole('textbox', { name: 'Nom' }), 'Chœur universitaire')
  await userEvent.type(screen.getByRole('textbox', { name: /Thèmes/ }), 'Chant,')
  await userEvent.click(screen.getByRole('radio', { name: /Sur demande/ }))
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Qui peut publier' }), 'moderators')
  await userEvent.click(screen.getByRole('button', { name: 'Créer une communauté' }))
  await waitFor(() => expect(created).toHaveBeenCalledExactlyOnceWith(made.id))
  const [call] = server.to(`POST ${COMMUNITIES}`)
  expect(call?.body).toMatchObject({
    name: 'Chœur universitaire',
    access: 'on_request',
    tags: ['Chant'],
    posting: 'moderators',
    commenting: 'members',
  })
  expect(call?.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{36}$/)
})

test('each access says in plain words what it means', async () => {
  await renderWithProviders(<CreateCommunity onCreated={() => {}} cancel={null} />)
  const choices = within(screen.getByRole('group', { name: 'Qui peut y entrer' }))
  expect(choices.getByRole('radio', { name: /Ouverte/ })).toBeChecked()
  expect(choices.getByText('Personne d’autre ne sait qu’elle existe. On y entre sur invitation.')).toBeInTheDocument()
})

test('what the server refuses stands under its field', async () => {
  server.give({
    [`POST ${COMMUNITIES}`]: problem(422, 'invalid', 'Vérifiez ces champs.', {
      fields: [{ path: 'name', code: 'too_short', message: 'Donnez un nom.' }],
    }),
  })
  await renderWithProviders(<CreateCommunity onCreated={() => {}} cancel={null} />)
  await userEvent.click(screen.getByRole('button', { name: 'Créer une communauté' }))
  expect(await screen.findByText('Donnez un nom.')).toBeInTheDocument()
  expect(screen.getByRole('textbox', { name: 'Nom' })).toHaveFocus()
})

test('a description is looked at as it would be read', async () => {
  await renderWithProviders(<CreateCommunity onCreated={() => {}} cancel={null} />)
  await userEvent.type(screen.getByRole('textbox', { name: /Description/ }), 'Bienvenue **à tous**')
  const modes = within(screen.getByRole('group', { name: 'Mode de Description' }))
  await userEvent.click(modes.getByRole('button', { name: 'Aperçu' }))
  expect(await screen.findByText('à tous')).toBeInTheDocument()
  expect(server.to(`POST ${COMMUNITIES}/previews`)[0]?.body).toEqual({ text: 'Bienvenue **à tous**' })
  await userEvent.click(modes.getByRole('button', { name: 'Écrire' }))
  expect(screen.getByRole('textbox', { name: /Description/ })).toHaveValue('Bienvenue **à tous**')
})

describe('settings', () => {
  const community = makeCommunity({ role: 'owner', version: 3 })
  const One = () => {
    const { data } = useQuery(communityQuery(community.id))
    return data ? <CommunitySettings community={data} /> : null
  }

  test('only what changed is sent, at the version that was read', async () => {
    await renderWithProviders(<CommunitySettings community={community} />)
    await userEvent.type(screen.getByRole('textbox', { name: 'Nom' }), '!')
    await userEvent.click(screen.getByRole('button', { name: 'Enregistrer' }))
    expect(await screen.findByText('Réglages enregistrés.')).toBeInTheDocument()
    const [call] = server.to(`PATCH ${COMMUNITIES}/*`)
    expect(call?.body).toEqual({ name: 'Géographie et aménagement!' })
    expect(call?.headers.get('if-match')).toBe('"3"')
  })

  test('who saved first is not written over unseen, and nothing that was typed is lost', async () => {
    server.give({ [`GET ${COMMUNITIES}/*`]: community })
    await renderWithProviders(<One />)
    await userEvent.type(await screen.findByRole('textbox', { name: /En une phrase/ }), ' Oui.')
    server.give({
      [`PATCH ${COMMUNITIES}/*`]: problem(412, 'precondition_failed', 'Changé entre-temps.'),
      [`GET ${COMMUNITIES}/*`]: { ...community, name: 'Géo', version: 4 },
    })
    await userEvent.click(screen.getByRole('button', { name: 'Enregistrer' }))
    expect(await screen.findByText(/Changé : Nom\./)).toBeInTheDocument()
    expect(screen.getByRole('textbox', { name: /En une phrase/ })).toHaveValue(`${community.summary} Oui.`)
    server.give({ [`PATCH ${COMMUNITIES}/*`]: made })
    await userEvent.click(screen.getByRole('button', { name: 'Enregistrer quand même' }))
    await waitFor(() => expect(server.to(`PATCH ${COMMUNITIES}/*`)).toHaveLength(2))
    const last = server.to(`PATCH ${COMMUNITIES}/*`)[1]
    expect(last?.headers.get('if-match')).toBe('"4"')
    expect(last?.body).toEqual({ summary: `${community.summary} Oui.` })
  })

  test('a community is archived after having been told what it means', async () => {
    await renderWithProviders(<Archiving community={community} />)
    await userEvent.click(screen.getByRole('button', { name: 'Archiver la communauté' }))
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.click(dialog.getByRole('button', { name: 'Archiver la communauté' }))
    await waitFor(() => expect(server.to(`PUT ${COMMUNITIES}/*/archiving`)).toHaveLength(1))
    expect(server.to(`PUT ${COMMUNITIES}/*/archiving`)[0]?.headers.get('if-match')).toBe('"3"')
  })

  test('an archived one is opened again, unless somebody changed it meanwhile', async () => {
    server.give({
      [`DELETE ${COMMUNITIES}/*/archiving`]: problem(412, 'precondition_failed', 'Changé entre-temps.'),
    })
    await renderWithProviders(<Archiving community={{ ...community, archived: true }} />)
    await userEvent.click(screen.getByRole('button', { name: 'Rouvrir la communauté' }))
    expect(await screen.findByText(/Quelqu’un a changé la communauté entre-temps/)).toBeInTheDocument()
  })
})
