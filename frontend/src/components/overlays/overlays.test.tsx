import { IconTrash } from '@tabler/icons-react'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { renderWithProviders } from '@/testing/render'
import { Button } from '../buttons/Button'
import { ConfirmDialog } from './ConfirmDialog'
import { Menu } from './Menu'

function Deletion({ onConfirm }: { onConfirm: () => Promise<unknown> }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Supprimer</Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title="Supprimer cette clé ?"
        confirm="Supprimer"
        danger
        onConfirm={onConfirm}
      >
        Elle n’ouvrira plus votre compte.
      </ConfirmDialog>
    </>
  )
}

test('a dialog is named, closes with Esc, and gives focus back', async () => {
  await renderWithProviders(<Deletion onConfirm={async () => undefined} />)
  const opener = screen.getByRole('button', { name: 'Supprimer' })
  await userEvent.click(opener)
  const dialog = await screen.findByRole('dialog', { name: 'Supprimer cette clé ?' })
  expect(dialog).toHaveAttribute('aria-modal', 'true')
  await waitFor(() => expect(screen.getByRole('button', { name: 'Annuler' })).toHaveFocus())
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  await waitFor(() => expect(opener).toHaveFocus())
})

test('the page behind is inert while a dialog is open', async () => {
  const root = document.createElement('div')
  root.id = 'root'
  document.body.append(root)
  await renderWithProviders(<Deletion onConfirm={async () => undefined} />)
  await userEvent.click(screen.getByRole('button', { name: 'Supprimer' }))
  await screen.findByRole('dialog')
  expect(root).toHaveAttribute('inert')
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(root).not.toHaveAttribute('inert'))
  root.remove()
})

test('a confirmation that fails says why and stays open', async () => {
  const confirm = vi.fn().mockRejectedValueOnce(new Error('Cette clé est la dernière.')).mockResolvedValue(undefined)
  await renderWithProviders(<Deletion onConfirm={confirm} />)
  await userEvent.click(screen.getByRole('button', { name: 'Supprimer' }))
  const dialog = await screen.findByRole('dialog')
  const accept = () => screen.getAllByRole('button', { name: 'Supprimer' }).filter((one) => dialog.contains(one))
  await userEvent.click(accept()[0] as HTMLElement)
  expect(await screen.findByText('Cette clé est la dernière.')).toBeInTheDocument()
  await userEvent.click(accept()[0] as HTMLElement)
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(confirm).toHaveBeenCalledTimes(2)
})

test('a menu opens from the keyboard, acts, and leads elsewhere', async () => {
  const remove = vi.fn()
  const { location } = await renderWithProviders(
    <Menu
      items={[
        { label: 'Réglages', to: '/settings' },
        { label: 'Supprimer', icon: IconTrash, onSelect: remove, danger: true, apart: true },
      ]}
    >
      <button type="button">Plus</button>
    </Menu>,
  )
  const trigger = screen.getByRole('button', { name: 'Plus' })
  await userEvent.click(trigger)
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Supprimer' }))
  expect(remove).toHaveBeenCalledOnce()
  await userEvent.click(screen.getByRole('button', { name: 'Plus' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Réglages' }))
  await waitFor(() => expect(location()).toBe('/settings'))
})
