import { IconLink } from '@tabler/icons-react'
import { Icon } from '@/components/Icon'
import styles from './links.module.css'
import type { SaidLink } from './types'

/** What the pages that something leads to say of themselves. Their pictures come from this server: nobody else is asked. */
export function LinkCards({ links }: { links: SaidLink[] }) {
  if (links.length === 0) return null
  return (
    <ul className={styles.links}>
      {links.map((link) => (
        <li key={link.url}>
          <a href={link.url} rel="nofollow noopener noreferrer ugc">
            {link.image ? (
              <img
                src={link.image.url}
                alt=""
                width={link.image.width}
                height={link.image.height}
                loading="lazy"
                decoding="async"
              />
            ) : (
              <span className={styles.none}>
                <Icon as={IconLink} size={26} />
              </span>
            )}
            <span className={styles.said}>
              <small>{link.site}</small> <b>{link.title}</b>{' '}
              {link.description && <span className={styles.description}>{link.description}</span>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
