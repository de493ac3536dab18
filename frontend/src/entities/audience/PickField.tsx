import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { type Choice, ComboField } from '@/components/forms/ComboField'
import type { FieldProps } from '@/components/forms/Field'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import styles from './audience.module.css'
import { MOST_OF_ONE } from './rule'
import { texts } from './texts'

interface PickFieldProps extends FieldProps {
  picked: readonly Choice[]
  onPick: (picked: Choice[]) => void
  choices: readonly Choice[]
  onWrite: (words: string) => void
  busy?: boolean
}

/** Several among thousands: each is found by writing, and kept below. */
export function PickField({ picked, onPick, choices, onWrite, busy = false, ...field }: PickFieldProps) {
  const t = useText(texts)
  // Chosen again, the field would keep what was written for the choice before.
  const [turn, setTurn] = useState(0)
  const pick = (choice: Choice | null) => {
    if (!choice) return
    setTurn(turn + 1)
    if (picked.length < MOST_OF_ONE && picked.every(({ id }) => id !== choice.id)) onPick([...picked, choice])
  }
  return (
    <div>
      <ComboField
        key={turn}
        {...field}
        value={null}
        onChange={pick}
        choices={choices.filter(({ id }) => picked.every((one) => one.id !== id))}
        onWrite={onWrite}
        busy={busy}
      />
      <ul className={styles.picked} aria-label={t('chosen')}>
        {picked.map((one) => (
          <li key={one.id}>
            {one.name}
            <button
              type="button"
              aria-label={t('takeOut', { name: one.name })}
              onClick={() => onPick(picked.filter(({ id }) => id !== one.id))}
            >
              <Icon as={IconX} size={15} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
