import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { sessionQuery } from '@/entities/session/queries'
import { makeMember, makeSession } from '@/testing/make'
import { makeAddress, pageOf } from '@/testing/makeAccount'
import { makeMyProfile } from '@/testing/makeProfile'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { ProfileEditor } from './ProfileEditor'

const session = makeSession({ member: makeMember({ id: 'me' }) })
const confirmed = makeAddress({ id: 'address-1', email: 'ines@perso.example' })
const server = serve({
  'GET /api/v1/session': session,
  'GET /api/v1/me/addresses': pageOf(confirmed, makeAddress({ email: 'nouvelle@perso.example', verified_at: null })),
})

type My = Parameters<typeof makeMyProfile>[0]
const at = (version: string, more: My = {}) =>
  Response.json(makeMyProfile({ id: 'me', ...more }), { headers: { etag: `"${version}"` } })

const links = {
  profile: (words: string) => <a href="/people/me">{words}</a>,
  account: (words: string) => <a href="/settings/account">{words}</a>,
  interests: (words: string) => <a href="/settings/interests">{words}</a>,
}

async function open(more: My = {}) {
  server.give({ 'GET /api/v1/me/profile': () => at('1', more), 'PATCH /api/v1/me/profile': () => at('2', more) })
  const shown = await renderWithProviders(<ProfileEditor links={links} />)
  shown.queryClient.setQueryData(sessionQuery.queryKey, session)
  await screen.findByLabelText(/^En une phrase/)
  return shown
}

const save = () => userEvent.click(screen.getByRole('button', { name: /^Enregistrer/ }))
const sent = () => server.to('PATCH /api/v1/me/profile').map(({ body }) => body)

test('only what was changed is sent, at the version that was read', async () => {
  await open({ pronouns: 'elle' })
  await userEvent.type(screen.getByLabelText(/^En une phrase/), 'Urbaniste')
  await userEvent.clear(screen.getByLabelText(/^Pronoms/))
  await userEvent.selectOptions(screen.getByLabelText('Qui voit : Pronoms'), 'Moi seul')
  await save()
  expect(await screen.findByText('Enregistré.')).toBeInTheDocument()
  expect(sent()).toEqual([
    {
      headline: 'Urbaniste',
      pronouns: null,
      levels: expect.objectContaining({ pronouns: 'me', headline: 'organisation' }),
    },
  ])
  expect(server.to('PATCH /api/v1/me/profile')[0]?.headers.get('if-match')).toBe('"1"')
})

test('skills are kept by Enter or a comma, each once, and can be taken away', async () => {
  await open({ skills: ['Cartographie'] })
  await userEvent.type(screen.getByLabelText(/^Ajouter une compétence/), 'QGIS{Enter}qgis,Éthique{Enter}')
  await userEvent.click(screen.getByRole('button', { name: 'Retirer Cartographie' }))
  expect(screen.getByLabelText(/^Ajouter une compétence/)).toHaveFocus()
  expect(sent()).toEqual([])
  await save()
  await waitFor(() => expect(sent()).toEqual([{ skills: ['QGIS', 'Éthique'] }]))
})

test('a step is added, its end left open, and the focus follows', async () => {
  await open()
  await userEvent.click(screen.getByRole('button', { name: 'Ajouter une étape' }))
  const added = within(screen.getByRole('group', { name: 'Étape 1' }))
  expect(added.getByLabelText('Nature')).toHaveFocus()
  await userEvent.type(added.getByLabelText('Intitulé'), 'Urbaniste')
  await userEvent.type(added.getByLabelText('Depuis'), '2019')
  await save()
  await waitFor(() =>
    expect(sent()).toEqual([
      { path: [{ kind: 'work', title: 'Urbaniste', place: '', since: '2019', until: null, text: '' }] },
    ]),
  )
  await userEvent.click(screen.getByRole('button', { name: 'Ajouter une étape' }))
  await userEvent.click(screen.getByRole('button', { name: 'Retirer\u00a0: Étape 1' }))
  expect(screen.getByRole('button', { name: 'Ajouter une étape' })).toHaveFocus()
})

test('what the server refuses is told where it stands', async () => {
  await open({ links: [{ label: '', url: 'https://a.example/' }] })
  server.give({
    'PATCH /api/v1/me/profile': problem(422, 'invalid', 'Non.', {
      fields: [{ path: 'links/0/url', code: 'url', message: 'Il faut une adresse du web.' }],
    }),
  })
  await userEvent.type(within(screen.getByRole('group', { name: 'Lien 1' })).getByLabelText('Adresse'), ' x')
  await save()
  expect(await screen.findByText('Il faut une adresse du web.')).toBeInTheDocument()
  expect(screen.getByLabelText('Adresse')).toHaveFocus()
})

test('only confirmed addresses can be shown', async () => {
  await open()
  const choice = screen.getByLabelText(/^Adresse montrée/)
  await within(choice).findByText('ines@perso.example')
  expect(within(choice).queryByText('nouvelle@perso.example')).not.toBeInTheDocument()
  await userEvent.selectOptions(choice, 'ines@perso.example')
  await save()
  await waitFor(() => expect(sent()).toEqual([{ email_address_id: 'address-1' }]))
})

test('a place without city and country is none', async () => {
  await open({ place: { city: 'Lyon', country: null, time_zone: 'Europe/Paris' } })
  await userEvent.clear(screen.getByLabelText(/^Ville/))
  await save()
  await waitFor(() => expect(sent()).toEqual([{ place: null }]))
})

test('what another window changed first is told, and what was typed is kept until the person decides', async () => {
  await open()
  await userEvent.type(screen.getByLabelText(/^En une phrase/), 'Mienne')
  server.give({
    'GET /api/v1/me/profile': () => at('2', { pronouns: 'iel' }),
    'PATCH /api/v1/me/profile': ({ headers }) =>
      headers.get('if-match') === '"2"' ? at('3', { headline: 'Mienne' }) : problem(412, 'precondition_failed', 'Non.'),
  })
  await save()
  expect(await screen.findByText(/dans une autre fenêtre/)).toHaveTextContent('A changé : Pronoms.')
  expect(screen.getByLabelText(/^En une phrase/)).toHaveValue('Mienne')
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer quand même' }))
  expect(await screen.findByText('Enregistré.')).toBeInTheDocument()
})

test('mentoring is offered by a tick, in the languages of the profile', async () => {
  await open({ languages: [{ code: 'fr', level: 'native' }] })
  await userEvent.click(screen.getByRole('checkbox', { name: 'Je propose du mentorat' }))
  await userEvent.type(screen.getByLabelText('Ce que vous proposez'), 'Relire un mémoire.')
  await userEvent.selectOptions(screen.getByLabelText('Personnes à la fois'), '3')
  await userEvent.click(screen.getByRole('checkbox', { name: 'Par écrit' }))
  await save()
  await waitFor(() =>
    expect(sent()).toEqual([
      {
        mentoring: {
          text: 'Relire un mémoire.',
          capacity: 3,
          minutes: 30,
          formats: ['video', 'written'],
          languages: ['fr'],
        },
      },
    ]),
  )
})

test('an offer is taken back by the same tick', async () => {
  const offer = { text: 'Relire un mémoire.', capacity: 2, minutes: 30, formats: ['video' as const], languages: [] }
  await open({ mentoring: offer })
  expect(screen.getByLabelText('Ce que vous proposez')).toHaveValue('Relire un mémoire.')
  await userEvent.click(screen.getByRole('checkbox', { name: 'Je propose du mentorat' }))
  expect(screen.queryByLabelText('Ce que vous proposez')).not.toBeInTheDocument()
  await save()
  await waitFor(() => expect(sent()).toEqual([{ mentoring: null }]))
})
