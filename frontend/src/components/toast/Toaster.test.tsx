import { act, fireEvent, screen } from '@testing-library/react'
import { renderWithProviders } from '@/testing/render'
import { Toaster } from './Toaster'
import { showToast } from './toasts'

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTime(milliseconds))

async function shown(text = 'Publication supprimée', onSelect = () => {}) {
  vi.useFakeTimers()
  await renderWithProviders(<Toaster />)
  act(() => showToast({ text, action: { label: 'Annuler', onSelect } }))
  return screen.getByText(text)
}

test('a toast stays more than 8 s, then leaves', async () => {
  const toast = await shown()
  pass(8_000)
  expect(toast).toBeInTheDocument()
  pass(3_000)
  expect(toast).not.toBeInTheDocument()
})

test('pointing at it stops its time', async () => {
  const toast = await shown()
  pass(9_000)
  fireEvent.pointerEnter(toast.parentElement as HTMLElement)
  pass(60_000)
  expect(toast).toBeInTheDocument()
  fireEvent.pointerLeave(toast.parentElement as HTMLElement)
  pass(900)
  expect(toast).toBeInTheDocument()
  pass(200)
  expect(toast).not.toBeInTheDocument()
})

test('it can be undone or closed', async () => {
  const undo = vi.fn()
  const toast = await shown('Jeton supprimé', undo)
  fireEvent.click(screen.getByRole('button', { name: 'Annuler' }))
  expect(undo).toHaveBeenCalledOnce()
  expect(toast).not.toBeInTheDocument()
  act(() => showToast({ text: 'Enregistré' }))
  fireEvent.click(screen.getByRole('button', { name: 'Fermer' }))
  expect(screen.queryByText('Enregistré')).not.toBeInTheDocument()
})

test('no more than three stand at once', async () => {
  await shown('un')
  act(() => {
    for (const text of ['deux', 'trois', 'quatre']) showToast({ text })
  })
  expect(screen.queryByText('un')).not.toBeInTheDocument()
  expect(screen.getByText('quatre')).toBeInTheDocument()
  pass(11_000)
})
