import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { AudienceForm } from '@/entities/audience/AudienceForm'
import { everybody } from '@/entities/audience/rule'
import { makeMember } from '@/testing/make'
import { makeAudience, makeAudienceCount } from '@/testing/makeAudience'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { Audiences } from './Audiences'

const AUDIENCES = '/api/v1/audiences'
const saved = makeAudience()
const server = serve({
  'GET /api/v1/session': { member: makeMember(), csrf_token: 't' },
  [`GET ${AUDIENCES}`]: { items: [saved], next: null },
  [`GET ${AUDIENCES}/*/count`]: makeAudienceCount(),
  [`POST ${AUDIENCES}/preview`]: makeAudienceCount(),
  [`POST ${AUDIENCES}`]: () => Response.json(makeAudience(), { status: 201 }),
  [`PUT ${AUDIENCES}/*`]: saved,
  'GET /api/v1/directory/facets/*': { items: [{ key: 'lyon', label: 'Lyon', people: 40, chosen: false }] },
})

function Form() {
  const [said, setSaid] = useState(everybody)
  return <AudienceForm said={said} onSay={setSaid} />
}

test('a rule is said part by part, reads as a sentence, and is counted as it changes', async () => {
  await renderWithProviders(<Form />)
  const form = within(screen.getByRole('group', { name: 'Destinataires' }))
  expect(form.getByText('Toutes les personnes de l’université')).toBeInTheDocument()
  expect(await form.findByText('1 284 personnes')).toBeInTheDocument()

  await userEvent.click(form.getByRole('button', { name: 'Préciser' }))
  let dialog = within(await screen.findByRole('dialog', { name: 'Quelles personnes\u00a0?' }))
  await userEvent.click(dialog.getByRole('button', { name: 'Valider' }))
  expect(dialog.getByText('Choisissez au moins une valeur.')).toBeInTheDocument()
  await userEvent.click(dialog.getByRole('checkbox', { name: 'Étudiants' }))
  await userEvent.click(dialog.getByRole('checkbox', { name: 'Alumni' }))
  await userEvent.click(dialog.getByRole('button', { name: 'Valider' }))
  expect(await form.findByRole('button', { name: 'Modifier\u00a0: étudiants ou alumni' })).toBeInTheDocument()

  server.give({ [`POST ${AUDIENCES}/preview`]: makeAudienceCount({ people: null, publics: [] }) })
  await userEvent.click(form.getByRole('button', { name: 'Exclure' }))
  dialog = within(await screen.findByRole('dialog', { name: 'Qui exclure\u00a0?' }))
  await userEvent.selectOptions(dialog.getByLabelText('Selon'), 'Ville')
  await userEvent.click(dialog.getByRole('combobox', { name: 'Ville' }))
  await userEvent.click(await dialog.findByRole('option', { name: 'Lyon' }))
  expect(within(dialog.getByRole('list', { name: 'Choix retenus' })).getByText('Lyon')).toBeInTheDocument()
  await userEvent.click(dialog.getByRole('button', { name: 'Valider' }))
  expect(await form.findByText('Moins de 5 personnes')).toBeInTheDocument()
  const wanted = {
    all: [{ kind: 'public', publics: ['student', 'alum'] }],
    any: [],
    none: [{ kind: 'city', cities: ['Lyon'] }],
  }
  await waitFor(() => expect(server.to(`POST ${AUDIENCES}/preview`).at(-1)?.body).toEqual(wanted))

  server.give({ [`POST ${AUDIENCES}/preview`]: makeAudienceCount({ people: 980, about: true }) })
  await userEvent.click(form.getByRole('button', { name: 'Retirer\u00a0: étudiants ou alumni' }))
  expect(await form.findByText('Environ 980 personnes')).toBeInTheDocument()
  expect(form.getByText(/pour ne désigner personne/)).toBeInTheDocument()
})

test('what was saved says whom it takes in and how many they are, and is changed where it stands', async () => {
  await renderWithProviders(<Audiences />)
  const one = within(await screen.findByRole('region', { name: 'L3 hors Lyon' }))
  expect(one.getByText('Les étudiants en Licence 3 Géographie, sauf celles et ceux à Lyon')).toBeInTheDocument()
  expect(await one.findByText('1 284 personnes')).toBeInTheDocument()
  await userEvent.click(one.getByRole('button', { name: 'Modifier' }))
  const editor = within(screen.getByRole('region', { name: 'Modifier les destinataires' }))
  await userEvent.click(editor.getByRole('button', { name: 'Retirer\u00a0: à Lyon' }))
  await userEvent.click(editor.getByRole('checkbox', { name: /Partager/ }))
  await userEvent.click(editor.getByRole('button', { name: 'Enregistrer' }))
  expect(await screen.findByText('Destinataires enregistrés.')).toBeInTheDocument()
  const [sent] = server.to(`PUT ${AUDIENCES}/*`)
  expect(sent?.headers.get('if-match')).toBe('"1"')
  expect(sent?.body).toEqual({
    name: 'L3 hors Lyon',
    rule: { ...saved.rule, none: [] },
    shared: true,
    frozen: false,
  })
})

test('a name that is refused is said under it, and another’s audience offers nothing to change', async () => {
  const theirs = makeAudience({ name: 'De Nadia', shared: true, abilities: [] })
  server.give({
    [`GET ${AUDIENCES}`]: { items: [theirs], next: null },
    [`POST ${AUDIENCES}`]: problem(422, 'invalid', 'À corriger.', {
      fields: [{ path: 'name', code: 'string_too_short', message: 'Deux lettres au moins.' }],
    }),
  })
  await renderWithProviders(<Audiences />)
  expect(await screen.findByText('Partagés par Claire Vasseur')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Modifier' })).not.toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Nouveaux destinataires' }))
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer' }))
  expect(await screen.findByText('Deux lettres au moins.')).toBeInTheDocument()
  await waitFor(() => expect(screen.getByLabelText('Nom')).toHaveFocus())
})
