import { IconCheck } from '@tabler/icons-react'
import type { InputHTMLAttributes, ReactNode } from 'react'
import { Icon } from '../Icon'
import styles from './forms.module.css'

interface CheckCardProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'children'> {
  /** A tile or drawing before the words. */
  picture?: ReactNode
  label: string
}

/** A whole card that is a check box, as for interests. */
export function CheckCard({ picture, label, ...input }: CheckCardProps) {
  return (
    <label className={styles.card}>
      <input {...input} type="checkbox" />
      {picture}
      <span>{label}</span>
      <span className={styles.roundTick}>
        <Icon as={IconCheck} size={15} />
      </span>
    </label>
  )
}
