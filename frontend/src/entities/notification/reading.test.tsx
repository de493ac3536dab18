import { act, screen, waitFor } from '@testing-library/react'
import { makeNotification } from '@/testing/makeNotification'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { toldChanged } from './live'
import { useReading } from './useReading'

const server = serve({ 'GET /api/v1/notifications/count': { unread: 1, position: 7 } })
const READ = 'PUT /api/v1/notifications/*/read'
const about = makeNotification({ position: 7 })

function Reading({ shown }: { shown: boolean }) {
  useReading(about.about_id, 'post', shown)
  return <p>{shown ? 'Là' : 'Pas encore'}</p>
}

test('what is told of something is read when it is there to be seen, and again when more comes', async () => {
  server.give({
    'GET /api/v1/notifications': { items: [about, makeNotification({ kind: 'requests' })], next: null, position: 7 },
    [READ]: about,
  })
  const { rerender, queryClient } = await renderWithProviders(<Reading shown={false} />)
  expect(await screen.findByText('Pas encore')).toBeInTheDocument()
  expect(server.to('GET /api/v1/notifications')).toHaveLength(0)
  rerender(<Reading shown />)
  await waitFor(() => expect(server.to(READ)).toHaveLength(1))
  expect(server.to(READ)[0]?.path).toBe(`/api/v1/notifications/${about.id}/read`)
  expect(server.to(READ)[0]?.body).toEqual({ up_to: 7 })

  server.give({ 'GET /api/v1/notifications': { items: [{ ...about, position: 9 }], next: null, position: 9 } })
  toldChanged(queryClient)
  await waitFor(() => expect(server.to(READ)).toHaveLength(2))
  expect(server.to(READ)[1]?.body).toEqual({ up_to: 9 })
})

test('nothing is read in a tab that nobody looks at', async () => {
  const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  server.give({ 'GET /api/v1/notifications': { items: [about], next: null, position: 7 }, [READ]: about })
  await renderWithProviders(<Reading shown />)
  await waitFor(() => expect(server.to('GET /api/v1/notifications')).toHaveLength(1))
  expect(server.to(READ)).toHaveLength(0)
  hidden.mockRestore()
  act(() => void document.dispatchEvent(new Event('visibilitychange')))
  await waitFor(() => expect(server.to(READ)).toHaveLength(1))
})
