import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import type { Health } from './queries'
import { ServiceHealth } from './ServiceHealth'

const process: Health['processes'][number] = {
  host: 'one',
  pid: 4012,
  serves: true,
  works: true,
  version: '0.1.0',
  started_at: '2026-11-27T08:00:00Z',
  seen_at: '2026-11-27T09:00:00Z',
  silent: false,
  sockets: 12,
  memory: 150_000_000,
  disks: [{ holds: 'data', size: 100e9, free: 40e9 }],
}
const health: Health = {
  version: '0.1.0',
  concerns: [],
  processes: [process],
  requests: { seconds: 300, requests: 3000, failed: 0, p95: 0.042, routes: [] },
  listeners: [{ name: 'search', lag: 0, quarantined: 0 }],
  work: [],
  mails: { sent: 3, later: 0, refused: 0 },
  pushes: { sent: 0, later: 0, refused: 0 },
  stored: { kind: 'sqlite', version: '3.45.1', size: 12e6, blobs: 3, blobs_size: 4e6 },
  last_backup: null,
  made_of: null,
}
const server = serve({ 'GET /api/v1/service-health': health })

test('when all is well it says so, with each figure', async () => {
  await renderWithProviders(<ServiceHealth />)
  expect(await screen.findByText('Tout va bien.')).toBeVisible()
  const figure = (name: string) => screen.getByText(name).nextElementSibling?.textContent
  expect(figure('Par seconde')).toBe('10')
  expect(figure('95 % en')).toBe('42\u00a0ms')
  expect(figure('Base')).toMatch(/^SQLite 3\.45\.1, 12\sMo$/)
  expect(figure('Disque de one')).toMatch(/^40\sGo libres sur 100\sGo$/)
  expect(figure('Dernière')).toBe('Aucune par parvis backup')
  expect(screen.getByText('Le suivi est à jour.')).toBeVisible()
})

test('what is wrong comes first, with what to do', async () => {
  server.give({
    'GET /api/v1/service-health': {
      ...health,
      concerns: [
        { kind: 'listener_behind', amount: 180, subject: 'search' },
        { kind: 'disk_low', amount: 1e9, subject: 'one' },
      ],
      processes: [process, { ...process, host: 'two', silent: true }],
      listeners: [{ name: 'search', lag: 180, quarantined: 2 }],
    },
  })
  await renderWithProviders(<ServiceHealth />)
  const wrong = within(await screen.findByRole('region', { name: '2 choses à regarder' }))
  const [behind, disk] = wrong.getAllByRole('listitem')
  expect(behind).toHaveTextContent('Le suivi « search » a 3 min de retard.Un worker tourne-t-il')
  expect(disk).toHaveTextContent(/Il ne reste que 1\sGo sur one\..*Agrandissez/)
  expect(screen.getByText('Silencieux')).toBeVisible()
  expect(screen.getByRole('table', { name: 'Suivis du journal' })).toHaveTextContent('search')
})

test('a job that was given up is tried again from there, and leaves the list', async () => {
  const job = { id: 'j1', name: 'mail.send', set_aside_at: '2026-11-27T08:00:00Z', attempts: 90, reason: 'OSError' }
  let left = [
    job,
    { ...job, id: 'j2', name: 'files.look', reason: 'worker_died' },
    { ...job, id: 'j3', reason: 'unknown' },
  ]
  server.give({
    'GET /api/v1/service-health': {
      ...health,
      work: [{ name: 'mail.send', due: 0, due_since: null, put_off: 0, set_aside: 1, set_aside_at: job.set_aside_at }],
    },
    'GET /api/v1/service-health/set-aside-jobs': () => ({ items: left, next: null }),
    'POST /api/v1/service-health/set-aside-jobs/*/tries': () => {
      left = left.slice(1)
      return undefined
    },
  })
  await renderWithProviders(<ServiceHealth />)
  const table = within(await screen.findByRole('table', { name: 'Tâches abandonnées' }))
  expect(table.getByText('Le processus s’est arrêté en la faisant')).toBeVisible()
  expect(table.getByText(/^Sans nom\s: le journal la donne en entier$/)).toBeVisible()
  await userEvent.click(table.getAllByRole('button', { name: /^Réessayer la tâche mail\.send, / })[0] as HTMLElement)
  expect(await screen.findByText('La tâche mail.send sera reprise dans un instant.')).toBeVisible()
  await waitFor(() => expect(screen.queryByText('OSError')).not.toBeInTheDocument())
  expect(server.calls.filter(({ path }) => path.endsWith('/j1/tries'))).toHaveLength(1)
})
