import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { components } from '@/api/schema.gen'
import { makeId, makeMember } from '@/testing/make'
import { makeAudience, makeAudienceCount } from '@/testing/makeAudience'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { AutomaticNote } from './AutomaticNote'
import { AutomaticSettings } from './AutomaticSettings'
import { Explain } from './Explain'

const AUTOMATIC = '/api/v1/communities/*/automatic-membership'
const EXPLAIN = '/api/v1/people/*/audience-explanations'
const { rule, names } = makeAudience()
const automatic = (
  more: Partial<components['schemas']['AutomaticMembershipOut']> = {},
): components['schemas']['AutomaticMembershipOut'] => ({
  rule,
  names,
  mine: null,
  version: 3,
  abilities: ['set', 'end'],
  ...more,
})
const server = serve({
  'GET /api/v1/session': { member: makeMember({ abilities: ['announce'] }), csrf_token: 't' },
  [`GET ${AUTOMATIC}`]: automatic(),
  [`PUT ${AUTOMATIC}`]: automatic(),
  [`DELETE ${AUTOMATIC}`]: undefined,
  'POST /api/v1/audiences/preview': makeAudienceCount(),
  [`POST ${EXPLAIN}`]: {
    inside: false,
    listed: true,
    verdicts: [{ group: 'all', place: 0, holds: false }],
  },
})

test('a community’s rule is changed or ended by who may, and what would tell too much is refused', async () => {
  server.give({
    [`PUT ${AUTOMATIC}`]: problem(422, 'invalid', 'À corriger.', {
      fields: [{ path: 'rule/none/0', code: 'would_tell', message: 'Choisissez autre chose.' }],
    }),
  })
  await renderWithProviders(<AutomaticSettings communityId={makeId()} />)
  const slab = within(await screen.findByRole('region', { name: 'Membres d’office' }))
  expect(slab.getByText('Les étudiants en Licence 3 Géographie, sauf celles et ceux à Lyon')).toBeInTheDocument()
  await userEvent.click(slab.getByRole('button', { name: 'Modifier' }))
  await userEvent.click(slab.getByRole('button', { name: 'Retirer\u00a0: à Lyon' }))
  await userEvent.click(slab.getByRole('button', { name: 'Enregistrer' }))
  expect(await slab.findByText('Choisissez autre chose.')).toBeInTheDocument()
  server.give({ [`PUT ${AUTOMATIC}`]: automatic() })
  await userEvent.click(slab.getByRole('button', { name: 'Enregistrer' }))
  expect(await slab.findByText(/C’est enregistré/)).toBeInTheDocument()
  const sent = server.to(`PUT ${AUTOMATIC}`).at(-1)
  expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"3"', { rule: { ...rule, none: [] } }])
  await userEvent.click(slab.getByRole('button', { name: 'Arrêter' }))
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Arrêter' }))
  expect(await slab.findByText('Plus personne n’entre d’office.')).toBeInTheDocument()
})

test('members read who comes in, and that leaving is remembered; elsewhere nothing is said', async () => {
  server.give({ [`GET ${AUTOMATIC}`]: automatic({ mine: 'put_in', abilities: [] }) })
  const { rerender } = await renderWithProviders(<AutomaticNote communityId={makeId()} />)
  expect(await screen.findByText(/Si vous la quittez, vous n’y serez pas remis/)).toBeInTheDocument()
  rerender(<AutomaticSettings communityId={makeId()} />)
  await screen.findByText((_, element) => element?.tagName === 'BODY')
  expect(screen.queryByRole('region')).not.toBeInTheDocument()
})

test('why somebody is not in an audience is said condition by condition', async () => {
  await renderWithProviders(<Explain personId={makeId()} />)
  const slab = within(await screen.findByRole('region', { name: 'Parmi des destinataires\u00a0?' }))
  await userEvent.click(slab.getByRole('button', { name: 'Préciser' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.click(dialog.getByRole('checkbox', { name: 'Personnels' }))
  await userEvent.click(dialog.getByRole('button', { name: 'Valider' }))
  await userEvent.click(slab.getByRole('button', { name: 'Demander pourquoi' }))
  expect(await slab.findByText('Cette personne n’en fait pas partie.')).toBeInTheDocument()
  const reasons = slab.getByRole('list', { name: 'Condition par condition' })
  expect(reasons).toHaveTextContent('Demandé personnels : faux pour elle')
  expect(server.to(`POST ${EXPLAIN}`)[0]?.body).toEqual({
    rule: { all: [{ kind: 'public', publics: ['staff'] }], any: [], none: [] },
  })
})
