import { Tooltip } from '@mantine/core'
import type { ButtonHTMLAttributes, Ref } from 'react'
import { Icon, type IconType } from '../Icon'
import styles from './buttons.module.css'

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label' | 'children'> {
  icon: IconType
  /** Said by readers, shown on hover and focus. */
  label: string
  ref?: Ref<HTMLButtonElement>
}

export function IconButton({ icon, label, type = 'button', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip
      label={label}
      classNames={{ tooltip: styles.tooltip ?? '' }}
      events={{ hover: true, focus: true, touch: false }}
    >
      <button
        {...rest}
        type={type}
        aria-label={label}
        className={[styles.iconButton, className].filter(Boolean).join(' ')}
      >
        <Icon as={icon} />
      </button>
    </Tooltip>
  )
}
