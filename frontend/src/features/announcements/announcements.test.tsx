import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { makeId } from '@/testing/make'
import { makePersonRef } from '@/testing/makeCommunity'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { AnnouncementReport } from './AnnouncementReport'
import { Announcements } from './Announcements'
import type { Draft, Report, Sent } from './queries'

const id = makeId()
const sent: Sent = {
  post_id: id,
  title: 'Bibliothèque jusqu’à minuit',
  to: 'square',
  author: makePersonRef(),
  sent_at: '2026-11-24T08:00:00Z',
  closes_at: null,
  open: false,
  essential: false,
  asks: false,
  by_mail: true,
  written: true,
  told: 18240,
  read: 11308,
}
const reached = {
  people: 4236,
  fewer_than: 5,
  about: false,
  named: 4300,
  told_before: 0,
  told_enough: 64,
  by_mail: 212,
  most: 5,
}
const figures = { told: 100, seen: 80, read: 60, acknowledged: 0, steps: [20, 60] }
const report: Report = {
  announcement: sent,
  mailed: 212,
  whole: figures,
  groups: [
    { ...figures, public: 'student', told: 60, seen: 49, read: 37, steps: [10, 37] },
    { ...figures, public: 'staff', told: 40, seen: 31, read: 23, steps: [10, 23] },
  ],
  hours: [24, 48],
  may_be_reminded_from: '2026-11-24T08:00:00Z',
}

const draftId = makeId()
const server = serve({
  'GET /api/v1/communities': { items: [], next: null },
  'GET /api/v1/announcements': { items: [sent], next: null },
  'GET /api/v1/announcements/drafts': { items: [], next: null },
  'POST /api/v1/announcements/previews': reached,
  'POST /api/v1/announcements/drafts': { id: draftId, version: 1 },
  [`POST /api/v1/announcements/drafts/${draftId}/sending`]: {},
  [`GET /api/v1/announcements/${id}/report`]: report,
  [`POST /api/v1/announcements/${id}/reminders`]: sent,
})

test('an announcement is written beside whom it reaches, and sent', async () => {
  await renderWithProviders(<Announcements reportOf={(postId) => `/admin/announcements/${postId}`} />)
  expect(await screen.findByText(/62.% l’ont lue/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Nouvelle annonce' }))
  expect(await screen.findByText(/4.236 personnes recevront cette annonce/)).toBeInTheDocument()
  expect(screen.getByText(/64 écartées/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('radio', { name: /communautés que j’anime/ }))
  expect(screen.queryByText(/recevront cette annonce/)).not.toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Publier' })).toBeInTheDocument()
  await userEvent.click(screen.getByRole('radio', { name: /Toute l’université/ }))
  await userEvent.type(screen.getByLabelText('Titre'), 'Coupure d’eau')
  await userEvent.type(screen.getByLabelText(/Texte/), 'Mardi.')
  await userEvent.click(screen.getByRole('button', { name: 'Ajouter un fait clé' }))
  await userEvent.type(screen.getByLabelText('Quoi, 1'), 'Quand')
  await userEvent.type(screen.getByLabelText('En bref, 1'), 'Mardi 8')
  await userEvent.click(screen.getByRole('button', { name: /Publier pour 4.236 personnes/ }))
  expect(await screen.findByText(/Annonce envoyée/)).toBeInTheDocument()
  expect(server.to('POST /api/v1/announcements/drafts')[0]?.body).toMatchObject({
    title: 'Coupure d’eau',
    body: 'Mardi.',
    facts: [{ label: 'Quand', value: 'Mardi 8' }],
    to: 'square',
  })
})

test('what was kept is gone on with: whom it is for, what it names, and when it is to leave', async () => {
  const place = { id: makeId(), name: 'Géographie' }
  const kept: Draft = {
    id: draftId,
    title: 'Coupure d’eau',
    body: 'Mardi.',
    html: '<p>Mardi.</p>',
    language: 'en',
    facts: [],
    to: 'communities',
    images: [],
    files: [{ id: makeId(), name: 'plan.pdf', media_type: 'application/pdf', size: 2048, url: '/files/plan' }],
    rule: null,
    audience_id: null,
    places: [place.id],
    names: [place, { id, name: sent.title }],
    excluded: [id],
    essential: false,
    asks: true,
    by_mail: false,
    closes_at: null,
    send_at: '2099-03-18T08:00:00Z',
    refused: false,
    changed_at: '2026-11-24T08:00:00Z',
    version: 3,
  }
  server.give({
    'GET /api/v1/announcements/drafts': { items: [kept], next: null },
    'GET /api/v1/communities': { items: [], next: null },
    [`PUT /api/v1/announcements/drafts/${draftId}`]: kept,
  })
  await renderWithProviders(<Announcements reportOf={(postId) => `/admin/announcements/${postId}`} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Reprendre' }))
  const picked = screen.getAllByRole('list', { name: 'Choix retenus' })
  expect(picked.map((list) => list.textContent)).toEqual(['Géographie', sent.title])
  await userEvent.click(screen.getByRole('button', { name: 'Programmer' }))
  expect(await screen.findByText('Brouillon enregistré.')).toBeInTheDocument()
  const put = server.to(`PUT /api/v1/announcements/drafts/${draftId}`)[0]
  expect(put?.body).toMatchObject({
    to: 'communities',
    places: [place.id],
    excluded: [id],
    files: kept.files.map((file) => file.id),
    language: 'en',
    asks: true,
    send_at: '2099-03-18T08:00:00.000Z',
  })
})

test('an announcement is for those of a frozen audience, but for the recipients of others', async () => {
  const frozen = makeId()
  const other = { ...sent, post_id: makeId(), title: 'Fermeture du 1er mai' }
  server.give({
    'GET /api/v1/announcements': { items: [sent, other], next: null },
    'GET /api/v1/audiences': {
      items: [
        { id: frozen, name: 'Boursiers', frozen: true, frozen_at: sent.sent_at, rule: {}, names: [], version: 1 },
      ],
      next: null,
    },
  })
  await renderWithProviders(<Announcements reportOf={(postId) => `/admin/announcements/${postId}`} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Nouvelle annonce' }))
  await userEvent.click(screen.getByRole('radio', { name: /Certaines personnes/ }))
  await userEvent.selectOptions(await screen.findByLabelText('Destinataires enregistrés'), 'Boursiers (figés)')
  expect(screen.queryByLabelText(/Garder ouverte/)).not.toBeInTheDocument()
  for (const { title } of [sent, other]) {
    await userEvent.type(screen.getByRole('combobox', { name: /déjà prévenues/ }), title.slice(0, 8))
    await userEvent.click(await screen.findByRole('option', { name: title }))
  }
  await vi.waitFor(() =>
    expect(server.to('POST /api/v1/announcements/previews').at(-1)?.body).toEqual({
      to: 'audience',
      audience_id: frozen,
      excluded: [id, other.post_id],
      essential: false,
    }),
  )
})

test('a report says in a table what its curve draws, and reminds', async () => {
  await renderWithProviders(
    <AnnouncementReport postId={id} readAt={`/posts/${id}`} personAt={(one) => `/people/${one}`} />,
  )
  const table = await screen.findByRole('table', { name: 'Portée par public' })
  const row = within(table).getByRole('row', { name: /Étudiants/ })
  expect(within(row).getByText(/62/)).toBeInTheDocument()
  expect(screen.getByText(/Après 48/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Relancer les non-lecteurs' }))
  expect(await screen.findByText(/sont relancées/)).toBeInTheDocument()
  expect(server.to(`POST /api/v1/announcements/${id}/reminders`)).toHaveLength(1)
})

test('who confirmed is named, where the announcement asked for it', async () => {
  const person = makePersonRef({ name: 'Inès Benali' })
  server.give({
    [`GET /api/v1/announcements/${id}/report`]: { ...report, announcement: { ...sent, asks: true } },
    [`GET /api/v1/announcements/${id}/acknowledgements`]: {
      items: [{ person, at: '2026-11-25T08:00:00Z' }],
      next: null,
    },
  })
  await renderWithProviders(
    <AnnouncementReport postId={id} readAt={`/posts/${id}`} personAt={(one) => `/people/${one}`} />,
  )
  const names = await screen.findByRole('region', { name: 'Ont confirmé leur lecture' })
  expect(await within(names).findByRole('link', { name: /Inès Benali/ })).toHaveAttribute(
    'href',
    `/people/${person.id}`,
  )
})
