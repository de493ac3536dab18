import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { translator } from '@/lib/i18n'
import { makeAuditEntry } from '@/testing/makeAdmin'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { kindNames, roleNames } from '../words.texts'
import { AuditLog } from './AuditLog'
import { actNames, faultNames, fieldNames, pageNames } from './acts.texts'
import { Verify } from './Verify'
import { actOf, detailOf, faultOf } from './words'

const words = {
  act: translator(actNames, 'fr'),
  field: translator(fieldNames, 'fr'),
  page: translator(pageNames, 'fr'),
  kind: translator(kindNames, 'fr'),
  role: translator(roleNames, 'fr'),
}
const server = serve({ 'GET /api/v1/audit-entries': { items: [], next: null } })
const log = (about?: string) => (
  <AuditLog about={about} personAddress={(id) => `/p/${id}`} toAll={(all) => <a href="/all">{all}</a>} />
)

test('acts are said in words, even those of a later version', () => {
  expect(actOf(makeAuditEntry({ action: 'role.granted' }), words)).toBe('Rôle donné')
  expect(actOf(makeAuditEntry({ action: 'moon.painted' }), words)).toBe('Autre acte')
  expect(actOf(makeAuditEntry({ action: 'toString' }), words)).toBe('Autre acte')
})

test('details are said in words, and those without words are left out', () => {
  const detail = (more: Parameters<typeof makeAuditEntry>[0]) => detailOf(makeAuditEntry(more), words)
  expect(detail({ detail: { role: 'moderator' } })).toBe('Modération')
  expect(detail({ detail: { kind: 'alum' } })).toBe('Alumni')
  expect(detail({ detail: { fields: ['name', 'of_the_future', 'logo'] } })).toBe('nom, logo')
  expect(detail({ subject_kind: 'page', subject_id: 'legal', detail: { version: 2 } })).toBe('mentions légales')
  expect(detail({ detail: { scopes: ['account:read'] } })).toBe('')
})

test('faults of the chain are said in words', () => {
  const fault = (reason: string | null) => faultOf(reason, translator(faultNames, 'fr'))
  expect(fault('altered')).toBe('son contenu a changé')
  expect(fault('not chained to the entry before')).toBe('il ne suit pas le précédent')
  expect(fault('missing')).toBe('un acte manque')
  expect(fault('the end is missing')).toBe('la fin du journal manque ou a changé')
  expect(fault(null)).toBe('il ne correspond pas à son sceau')
})

test('who did what to whom, by name and with the way to each', async () => {
  const self = makeAuditEntry({ position: 2, action: 'password.changed' })
  server.give({
    'GET /api/v1/audit-entries': {
      items: [
        { ...self, subject_id: self.actor_id },
        makeAuditEntry(),
        makeAuditEntry({
          position: 0,
          actor_id: null,
          actor_name: null,
          action: 'role.granted',
          detail: { role: 'administrator' },
        }),
      ],
      next: null,
    },
  })
  await renderWithProviders(log())
  const rows = within(await screen.findByRole('table'))
    .getAllByRole('row')
    .slice(1)
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringMatching(/Mot de passe changé.*Hélène Aubert.*Soi-même/),
    expect.stringMatching(/Compte suspendu.*Hélène Aubert.*Inès Benali/),
    expect.stringMatching(/Rôle donné.*Administration.*Ligne de commande.*Inès Benali/),
  ])
  expect(within(rows[1] as HTMLElement).getByRole('link', { name: 'Inès Benali' })).toHaveAttribute(
    'href',
    expect.stringMatching(/^\/p\//),
  )
})

test('what was done to one person is asked of the server, and the whole log is one step away', async () => {
  await renderWithProviders(log('0193a1b2-0000-7000-8000-000000000001'))
  expect(await screen.findByRole('heading', { name: 'Rien au journal' })).toBeInTheDocument()
  expect(server.calls[0]?.search.get('subject_id')).toBe('0193a1b2-0000-7000-8000-000000000001')
  expect(screen.getByRole('link', { name: 'Tout afficher' })).toBeInTheDocument()
})

test('the chain is read again on demand, whole or broken', async () => {
  server.give({
    'GET /api/v1/audit-entries/verification': {
      intact: true,
      entries: 1234,
      head: 'ab',
      broken_at: null,
      reason: null,
    },
  })
  await renderWithProviders(<Verify />)
  expect(server.calls).toHaveLength(0)
  await userEvent.click(screen.getByRole('button', { name: 'Vérifier le journal' }))
  expect(await screen.findByText(/Le journal est intact : 1\s234 actes/)).toBeInTheDocument()
  server.give({
    'GET /api/v1/audit-entries/verification': {
      intact: false,
      entries: 41,
      head: 'ab',
      broken_at: 42,
      reason: 'altered',
    },
  })
  await userEvent.click(screen.getByRole('button', { name: 'Vérifier le journal' }))
  expect(await screen.findByText(/altéré à partir de l’acte n° 42 : son contenu a changé/)).toBeInTheDocument()
  expect(screen.queryByText(/intact/)).not.toBeInTheDocument()
})
