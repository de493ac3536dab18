import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { ReportDialog } from '@/entities/report/ReportDialog'
import { makeId, makeSession } from '@/testing/make'
import { makeCase } from '@/testing/makeCase'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { Cases } from './components/Cases'
import { MyDecisions } from './components/MyDecisions'
import { MyReports } from './components/MyReports'

const here = makeId()
const CASES = '/api/v1/communities/*/cases'
const DECISION = '/api/v1/cases/*/decision'
const HIDING = '/api/v1/cases/*/hiding'
const REPORT = '/api/v1/posts/*/report'
const to = {
  person: (id: string) => `/people/${id}`,
  community: (id: string) => `/c/${id}`,
  post: (id: string) => `/p/${id}`,
  message: (id: string, number: number) => `/messages/${id}?m=${number}`,
  thread: (pageId: string, threadId: string) => `/documents/${pageId}?fil=${threadId}`,
}
const decision = {
  on_content: 'hide' as const,
  on_author: 'warn' as const,
  reason: 'Pas de publicité ici.',
  by: null,
  decided_as: 'community' as const,
  at: '2026-11-24T10:00:00Z',
  restored_at: null,
}
const server = serve({
  'GET /api/v1/session': makeSession(),
  [`GET ${CASES}`]: { items: [makeCase()], next: null },
  [`PUT ${DECISION}`]: makeCase({ decision }),
  [`DELETE ${HIDING}`]: makeCase(),
  [`PUT ${REPORT}`]: { items: [] },
})

test('a case shows what was said, who reported it and why, and is decided on with a reason', async () => {
  await renderWithProviders(<Cases communityId={here} to={to} />)
  const one = within(await screen.findByRole('article', { name: 'Signalement d’un message de Inès Benali' }))
  expect(one.getByText('Achetez mes cours !')).toBeInTheDocument()
  expect(
    within(one.getByRole('region', { name: 'Qui a signalé, et pourquoi' })).getByText('Claire Vasseur'),
  ).toBeVisible()
  expect(one.getByText('Encore une annonce.')).toBeInTheDocument()
  await userEvent.click(one.getByRole('button', { name: 'Décider' }))
  await userEvent.click(screen.getByRole('radio', { name: /^Le masquer/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer la décision' }))
  expect(screen.getByText('Donnez une raison.')).toBeInTheDocument()
  await userEvent.type(screen.getByLabelText(/Votre raison/), 'Pas de publicité ici.')
  server.give({ [`GET ${CASES}`]: { items: [], next: null } })
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer la décision' }))
  expect(await screen.findByText('Décision enregistrée.')).toBeInTheDocument()
  const [sent] = server.to(`PUT ${DECISION}`)
  expect(sent?.body).toEqual({ on_content: 'hide', on_author: 'none', reason: 'Pas de publicité ici.' })
  expect(sent?.headers.get('if-match')).toBe('"1"')
  expect(await screen.findByText('Aucun signalement à traiter')).toBeInTheDocument()
})

test('who decides too late is told that somebody else has', async () => {
  server.give({ [`PUT ${DECISION}`]: problem(412, 'precondition_failed', 'Quelqu’un a modifié ceci entre-temps.') })
  await renderWithProviders(<Cases communityId={here} to={to} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Décider' }))
  await userEvent.type(screen.getByLabelText(/Votre raison/), 'Rien à redire.')
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer la décision' }))
  expect(await screen.findByText(/Quelqu’un d’autre vient de décider/)).toBeInTheDocument()
})

test('what was hidden is shown again', async () => {
  const items = [makeCase({ state: 'hidden', decision, version: 2, abilities: ['restore'] })]
  server.give({ [`GET ${CASES}`]: { items, next: null } })
  await renderWithProviders(<Cases communityId={here} to={to} />)
  expect(await screen.findByText('Masqué, auteur averti')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Afficher de nouveau' }))
  const asked = within(screen.getByRole('dialog'))
  await userEvent.click(asked.getByRole('button', { name: 'Afficher de nouveau' }))
  await waitFor(() => expect(server.to(`DELETE ${HIDING}`)[0]?.headers.get('if-match')).toBe('"2"'))
})

test('one reports for a reason, and is thanked', async () => {
  await renderWithProviders(<ReportDialog open onClose={() => {}} postId={makeId()} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Envoyer le signalement' }))
  expect(screen.getByText('Choisissez une raison.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('radio', { name: 'Publicité ou message indésirable' }))
  await userEvent.type(screen.getByLabelText(/Ce que la modération/), 'Encore.')
  await userEvent.click(screen.getByRole('button', { name: 'Envoyer le signalement' }))
  expect(await screen.findByText('Merci, votre signalement est envoyé')).toBeInTheDocument()
  expect(server.to(`PUT ${REPORT}`)[0]?.body).toEqual({ reason: 'spam', words: 'Encore.' })
})

test('both sides read what they may know', async () => {
  const community = { id: here, name: 'Géographie' }
  const of = { kind: 'post' as const, post_id: makeId(), community, square: false, private: false }
  const report = { ...of, case_id: makeId(), subject_id: makeId(), reason: 'spam' as const, words: '', at: decision.at }
  const about = { ...of, id: makeId(), title: '', html: '<p>Achetez !</p>', language: 'fr' as const, at: decision.at }
  server.give({
    'GET /api/v1/me/reports': {
      items: [{ ...report, outcome: 'hidden', decided_at: decision.at }],
      next: null,
    },
    'GET /api/v1/me/decisions': {
      items: [{ ...about, on_content: 'hide', on_author: 'warn', reason: decision.reason, restored_at: null }],
      next: null,
    },
  })
  await renderWithProviders(
    <>
      <MyReports />
      <MyDecisions />
    </>,
  )
  expect(await screen.findByText('Votre signalement a été examiné : le message a été masqué.')).toBeInTheDocument()
  expect(await screen.findByText('Raison : Pas de publicité ici.')).toBeInTheDocument()
  expect(screen.getByText('Avertissement')).toBeInTheDocument()
})

test('nobody is put out of the square', async () => {
  server.give({ 'GET /api/v1/cases': { items: [makeCase({ community: null })], next: null } })
  await renderWithProviders(<Cases to={to} />)
  expect(await screen.findByText('Sur la place')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Décider' }))
  expect(screen.getByRole('radio', { name: /^L’avertir|avertissement/i })).toBeInTheDocument()
  expect(screen.queryByRole('radio', { name: /^L’exclure/ })).not.toBeInTheDocument()
})

test('of a message between some, who decides reads a little around it once the audit log may say so', async () => {
  const conversation = {
    id: makeId(),
    kind: 'direct' as const,
    name: null,
    number: 9,
    open: false,
    images: [],
    files: [],
  }
  const of = { kind: 'message' as const, community: null, conversation, post_id: null }
  const nearby = { author: null, at: decision.at, gone: false, reported: false }
  server.give({
    'GET /api/v1/cases': { items: [makeCase({ ...of, abilities: ['decide', 'read_around'] })], next: null },
    'POST /api/v1/cases/*/surroundings': {
      items: [
        { ...nearby, number: 8, html: '<p>Avant.</p>' },
        { ...nearby, number: 9, html: '<p>Achetez !</p>', reported: true },
        { ...nearby, number: 10, html: '', gone: true },
      ],
    },
  })
  await renderWithProviders(<Cases to={to} />)
  expect(await screen.findByText('Dans une conversation entre quelques personnes')).toBeInTheDocument()
  expect(screen.queryByRole('link', { name: 'Voir la discussion' })).not.toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Lire quelques messages autour' }))
  expect(server.to('POST /api/v1/cases/*/surroundings')).toHaveLength(0)
  const asked = within(screen.getByRole('dialog'))
  await userEvent.click(asked.getByRole('button', { name: 'Lire quelques messages autour' }))
  const around = within(screen.getByRole('region', { name: 'Autour de ce message' }))
  expect(await around.findByText('Avant.')).toBeInTheDocument()
  expect(around.getByText('Message supprimé ou masqué')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Décider' }))
  expect(screen.getByText('Son texte et ses pièces jointes sont effacés, sans retour.')).toBeInTheDocument()
})
