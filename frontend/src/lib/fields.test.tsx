import { act, render, screen } from '@testing-library/react'
import { useIsWriting } from './fields'

function Writing() {
  const isWriting = useIsWriting()
  return (
    <>
      <textarea aria-label="Texte" />
      <input type="checkbox" aria-label="Case" />
      <p>{isWriting ? 'on écrit' : 'on lit'}</p>
    </>
  )
}

test('one writes while a field has the focus, and not on a box that is ticked', () => {
  render(<Writing />)
  expect(screen.getByText('on lit')).toBeInTheDocument()
  act(() => screen.getByRole('textbox').focus())
  expect(screen.getByText('on écrit')).toBeInTheDocument()
  act(() => screen.getByRole('checkbox').focus())
  expect(screen.getByText('on lit')).toBeInTheDocument()
})
