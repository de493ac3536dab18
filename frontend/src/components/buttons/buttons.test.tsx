import { IconTrash } from '@tabler/icons-react'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderWithProviders } from '@/testing/render'
import { Button } from './Button'
import { ButtonLink } from './ButtonLink'
import { IconButton } from './IconButton'

test('a busy button keeps its focus and ignores clicks and submission', async () => {
  const click = vi.fn()
  const submit = vi.fn((event: { preventDefault: () => void }) => event.preventDefault())
  await renderWithProviders(
    <form onSubmit={submit}>
      <Button type="submit" busy onClick={click}>
        Publier
      </Button>
    </form>,
  )
  const button = screen.getByRole('button', { name: 'Publier' })
  await userEvent.click(button)
  expect(button).toHaveFocus()
  expect(button).toHaveAttribute('aria-disabled', 'true')
  expect(click).not.toHaveBeenCalled()
  expect(submit).not.toHaveBeenCalled()
})

test('a button submits nothing unless told so', async () => {
  const submit = vi.fn()
  await renderWithProviders(
    <form onSubmit={submit}>
      <Button>Aperçu</Button>
    </form>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Aperçu' }))
  expect(submit).not.toHaveBeenCalled()
})

test('an icon alone has a name, shown on focus too', async () => {
  await renderWithProviders(<IconButton icon={IconTrash} label="Supprimer" />)
  const button = screen.getByRole('button', { name: 'Supprimer' })
  await userEvent.tab()
  expect(button).toHaveFocus()
  expect(await screen.findByText('Supprimer')).toBeInTheDocument()
})

test('a link that looks like a button is a link', async () => {
  await renderWithProviders(
    <ButtonLink to="/" look="secondary">
      Accueil
    </ButtonLink>,
  )
  expect(screen.getByRole('link', { name: 'Accueil' })).toHaveAttribute('href', '/')
})
