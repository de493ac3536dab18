import type { ButtonHTMLAttributes, MouseEvent, Ref } from 'react'
import { Icon, type IconType } from '../Icon'
import styles from './buttons.module.css'

export interface ButtonLook {
  /** One primary per slab. Danger deletes or ends something. Quiet has no edge. */
  look?: 'primary' | 'secondary' | 'soft' | 'quiet' | 'danger' | undefined
  size?: 'small' | 'medium' | 'large' | undefined
  icon?: IconType | undefined
  /** Takes the whole width. */
  wide?: boolean | undefined
}

interface ButtonProps extends ButtonLook, ButtonHTMLAttributes<HTMLButtonElement> {
  /** Work is under way: keeps its place and its focus, ignores clicks. */
  busy?: boolean | undefined
  ref?: Ref<HTMLButtonElement> | undefined
}

export function Button({
  look,
  size,
  icon,
  wide,
  busy = false,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      {...rest}
      {...buttonLook({ look, size, wide }, rest.className)}
      type={type}
      onClick={click}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
    >
      {icon && <Icon as={icon} size={17} />}
      {children}
    </button>
  )
}

/** The same looks on another element, such as a link. */
export function buttonLook({ look = 'primary', size = 'medium', wide = false }: ButtonLook, className?: string) {
  return {
    className: className ? `${styles.button} ${className}` : styles.button,
    'data-look': look,
    'data-size': size,
    'data-wide': wide || undefined,
  }
}
