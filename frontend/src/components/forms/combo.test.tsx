import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { renderWithProviders } from '@/testing/render'
import { type Choice, ComboField } from './ComboField'

const all = ['Droit', 'Lettres', 'Sciences'].map((name) => ({ id: name, name }))

function Faculty({ onChange }: { onChange: (choice: Choice | null) => void }) {
  const [value, setValue] = useState<Choice | null>(null)
  const [words, setWords] = useState('')
  return (
    <ComboField
      label="Faculté"
      optional
      value={value}
      onChange={(choice) => {
        setValue(choice)
        onChange(choice)
      }}
      choices={all.filter(({ name }) => name.toLowerCase().includes(words.toLowerCase()))}
      onWrite={setWords}
    />
  )
}

const show = async () => {
  const onChange = vi.fn()
  await renderWithProviders(<Faculty onChange={onChange} />)
  return { onChange, field: screen.getByRole('combobox', { name: /Faculté/ }) }
}
const options = () => screen.queryAllByRole('option').map((option) => option.textContent)

test('it is found by writing, and chosen by the keyboard alone', async () => {
  const { onChange, field } = await show()
  expect(field).toHaveAttribute('aria-expanded', 'false')
  await userEvent.type(field, 'e')
  expect(options()).toEqual(['Lettres', 'Sciences'])
  await userEvent.keyboard('{ArrowDown}{ArrowDown}')
  const active = field.getAttribute('aria-activedescendant')
  expect(document.getElementById(active ?? '')).toHaveTextContent('Sciences')
  await userEvent.keyboard('{Enter}')
  expect(onChange).toHaveBeenLastCalledWith({ id: 'Sciences', name: 'Sciences' })
  expect(field).toHaveValue('Sciences')
  expect(field).toHaveAttribute('aria-expanded', 'false')
})

test('what is written and not chosen goes back, what is emptied is chosen no more', async () => {
  const { onChange, field } = await show()
  await userEvent.click(field)
  await userEvent.click(screen.getByRole('option', { name: 'Droit' }))
  await userEvent.clear(field)
  await userEvent.type(field, 'Médecine')
  expect(screen.getByRole('status')).toHaveTextContent('Rien ne correspond.')
  await userEvent.keyboard('{Escape}')
  expect(field).toHaveValue('Droit')
  expect(onChange).toHaveBeenCalledTimes(1)
  await userEvent.clear(field)
  await userEvent.tab()
  expect(onChange).toHaveBeenLastCalledWith(null)
  expect(field).toHaveValue('')
})
