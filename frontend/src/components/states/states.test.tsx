import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { reportReach } from '@/lib/online'
import { renderWithProviders } from '@/testing/render'
import { Button } from '../buttons/Button'
import { EmptyState } from './EmptyState'
import { ErrorState } from './ErrorState'
import { LoadingSlab } from './LoadingSlab'
import { NotFoundState } from './NotFoundState'
import { OfflineBanner } from './OfflineBanner'
import { PermissionState } from './PermissionState'

test('a skeleton waits 300 ms, and says that something is coming', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: false })
  const { container } = await renderWithProviders(<LoadingSlab />)
  expect(screen.getByRole('status')).toHaveAttribute('aria-busy', 'true')
  act(() => vi.advanceTimersByTime(299))
  expect(container).not.toHaveTextContent('Chargement')
  expect(container.querySelector('i')).toBeNull()
  act(() => vi.advanceTimersByTime(1))
  expect(container).toHaveTextContent('Chargement')
  expect(container.querySelectorAll('i').length).toBeGreaterThan(3)
})

test('the banner comes with the loss of network and leaves with its return', async () => {
  await renderWithProviders(<OfflineBanner />)
  expect(screen.getByRole('status')).toBeEmptyDOMElement()
  act(() => reportReach(false))
  expect(screen.getByRole('status')).toHaveTextContent('Hors connexion.')
  act(() => reportReach(true))
  expect(screen.getByRole('status')).toBeEmptyDOMElement()
})

test('an error is announced and can be tried again', async () => {
  const retry = vi.fn()
  await renderWithProviders(<ErrorState onRetry={retry} />)
  expect(screen.getByRole('alert')).toHaveTextContent('Cette page ne s’est pas chargée')
  await userEvent.click(screen.getByRole('button', { name: 'Réessayer' }))
  expect(retry).toHaveBeenCalledOnce()
})

test('an error that cannot be tried again offers no button', async () => {
  await renderWithProviders(<ErrorState title="Le message n’est pas parti">Il est gardé ici.</ErrorState>)
  expect(screen.getByRole('heading', { name: 'Le message n’est pas parti' })).toBeInTheDocument()
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})

test('empty, closed and not found each say one thing under their own heading', async () => {
  await renderWithProviders(
    <>
      <EmptyState title="Rien ici pour l’instant" action={<Button>Écrire</Button>} />
      <PermissionState title="Communauté fermée">Nadia Cherkaoui peut vous en ouvrir l’accès.</PermissionState>
      <NotFoundState heading="h1" />
    </>,
  )
  expect(screen.getByRole('heading', { level: 1, name: 'Page introuvable ou réservée' })).toBeInTheDocument()
  expect(screen.getByRole('heading', { level: 2, name: 'Rien ici pour l’instant' })).toBeInTheDocument()
  expect(screen.getByRole('heading', { level: 2, name: 'Communauté fermée' })).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Écrire' })).toBeInTheDocument()
})
