import { IconLink, IconMail, IconMapPin } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Icon } from '@/components/Icon'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { placeWords } from '../place'
import type { Profile } from '../queries'
import styles from './profile.module.css'

/** How to reach somebody, and that he decides who sees it. */
export function ContactCard({ profile, own, children }: { profile: Profile; own: boolean; children?: ReactNode }) {
  const t = useText(texts)
  const language = useLanguage()
  const { email, links, place, given_name } = profile
  return (
    <Slab title={t('contact')} className={styles.contact}>
      <ul>
        {email && (
          <li>
            <Icon as={IconMail} />
            <a href={`mailto:${email}`}>{t('writeEmail')}</a>
          </li>
        )}
        {links.map(({ label, url }) => (
          <li key={url}>
            <Icon as={IconLink} />
            <a href={url} rel="nofollow ugc noopener noreferrer" target="_blank">
              {label || hostOf(url)}
            </a>
          </li>
        ))}
        {place && (
          <li>
            <Icon as={IconMapPin} />
            <span>{placeWords(place, language)}</span>
          </li>
        )}
        {children}
      </ul>
      <p className={styles.note}>{own ? t('youChoose') : t('chooses', { name: given_name })}</p>
    </Slab>
  )
}

const hostOf = (url: string) => new URL(url).hostname.replace(/^www\./, '')
