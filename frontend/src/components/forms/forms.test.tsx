import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { renderWithProviders } from '@/testing/render'
import { Checkbox } from './Checkbox'
import { CheckCard } from './CheckCard'
import { ChoiceGroup } from './ChoiceGroup'
import { FormError } from './FormError'
import { PasswordField } from './PasswordField'
import { SelectField } from './SelectField'
import { TextArea } from './TextArea'
import { TextField } from './TextField'

test('a field is read with its label, its hint and its error', async () => {
  await renderWithProviders(
    <TextField
      label="Adresse électronique"
      hint="Celle de l’université"
      error="Il manque la fin"
      defaultValue="ines@"
    />,
  )
  const input = screen.getByRole('textbox', { name: 'Adresse électronique' })
  expect(input).toHaveAccessibleDescription('Celle de l’université Il manque la fin')
  expect(input).toBeInvalid()
  expect(input).toBeRequired()
})

test('the hint comes before the control and the error after it', async () => {
  const { container } = await renderWithProviders(<TextField label="Titre" hint="80 signes" error="Trop long" />)
  expect(container.textContent?.replaceAll(/\s+/g, ' ')).toMatch(/Titre.*80 signes.*Trop long/)
  const input = screen.getByRole('textbox')
  expect(screen.getByText('80 signes').compareDocumentPosition(input)).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
  expect(screen.getByText('Trop long').compareDocumentPosition(input)).toBe(Node.DOCUMENT_POSITION_PRECEDING)
})

test('a field without fault says nothing of it, and an optional one says so', async () => {
  await renderWithProviders(<TextField label="Site" optional />)
  const input = screen.getByRole('textbox', { name: 'Site (facultatif)' })
  expect(input).not.toHaveAttribute('aria-describedby')
  expect(input).not.toHaveAttribute('aria-invalid')
  expect(input).not.toBeRequired()
})

test('a password can be shown and pasted', async () => {
  await renderWithProviders(<PasswordField label="Mot de passe" autoComplete="current-password" />)
  const input = screen.getByLabelText('Mot de passe')
  expect(input).toHaveAttribute('type', 'password')
  await userEvent.click(input)
  await userEvent.paste('cheval correct')
  await userEvent.click(screen.getByRole('button', { name: 'Afficher le mot de passe' }))
  expect(input).toHaveAttribute('type', 'text')
  expect(input).toHaveValue('cheval correct')
})

test('a list and a group of choices hand over one of their values', async () => {
  const chosen = vi.fn()
  const options = [
    { value: 'fr', label: 'Français' },
    { value: 'en', label: 'English' },
  ] as const
  function Both() {
    const [value, setValue] = useState<'fr' | 'en'>('fr')
    const choose = (next: 'fr' | 'en') => {
      setValue(next)
      chosen(next)
    }
    return (
      <>
        <SelectField label="Langue" options={options} value={value} onChange={choose} />
        <ChoiceGroup legend="Votre langue" options={options} value={value} onChange={choose} error="Choisissez" />
      </>
    )
  }
  await renderWithProviders(<Both />)
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Langue' }), 'English')
  expect(screen.getByRole('radio', { name: 'English' })).toBeChecked()
  await userEvent.click(screen.getByRole('radio', { name: 'Français' }))
  expect(chosen.mock.calls).toEqual([['en'], ['fr']])
  expect(screen.getByRole('group', { name: 'Votre langue' })).toHaveAccessibleDescription('Choisissez')
})

test('check boxes and cards are ticked by their whole label', async () => {
  await renderWithProviders(
    <>
      <Checkbox label="J’accepte la charte" hint="Deux pages" />
      <CheckCard label="Sport" />
    </>,
  )
  await userEvent.click(screen.getByText('J’accepte la charte'))
  await userEvent.click(screen.getByText('Sport'))
  expect(screen.getByRole('checkbox', { name: 'J’accepte la charte' })).toBeChecked()
  expect(screen.getByRole('checkbox', { name: 'J’accepte la charte' })).toHaveAccessibleDescription('Deux pages')
  expect(screen.getByRole('checkbox', { name: 'Sport' })).toBeChecked()
})

test('a form’s error is an alert, and its place is there before', async () => {
  const { rerender } = await renderWithProviders(<FormError>{null}</FormError>)
  expect(screen.getByRole('alert')).toBeEmptyDOMElement()
  rerender(<FormError>Trop d’essais</FormError>)
  expect(screen.getByRole('alert')).toHaveTextContent('Trop d’essais')
})

test('a long text is labelled and faulted as a short one', async () => {
  await renderWithProviders(<TextArea label="Présentation" error="Trop long" />)
  const area = screen.getByRole('textbox', { name: 'Présentation' })
  expect(area).toBeInvalid()
  expect(area).toHaveAccessibleDescription('Trop long')
})
