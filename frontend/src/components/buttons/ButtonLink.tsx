import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'
import { Icon } from '../Icon'
import { type ButtonLook, buttonLook } from './Button'

interface AnchorProps extends ButtonLook, AnchorHTMLAttributes<HTMLAnchorElement> {
  ref?: Ref<HTMLAnchorElement>
}

function ButtonAnchor({ look, size, icon, wide, children, className, ...rest }: AnchorProps) {
  return (
    <a {...rest} {...buttonLook({ look, size, wide }, className)}>
      {icon && <Icon as={icon} size={17} />}
      {children}
    </a>
  )
}

/** A link of the application that looks like a button: takes `to`, `params`, `search` as `Link` does. */
export const ButtonLink = createLink(ButtonAnchor)
