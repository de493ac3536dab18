import { Link } from '@tanstack/react-router'
import { PublicGlyph } from '@/components/people/PublicGlyph'
import { publicNames, publics } from '@/components/people/publics'
import { Slab } from '@/components/Slab'
import { PersonChip } from '@/entities/person/PersonChip'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import type { Community } from '../queries'
import styles from './community.module.css'

interface BesideProps {
  community: Community
  aboutAddress: string
  addressOf: (id: string) => string
}

/** Beside each part of a community: what it is, of whom it is made, and who runs it. */
export function Beside({ community, aboutAddress, addressOf }: BesideProps) {
  const t = useText(texts)
  const { summary, language, run_by: running } = community
  return (
    <>
      <Slab title={t('about')}>
        {summary && (
          <p className={styles.summary} lang={language}>
            {summary}
          </p>
        )}
        <PublicBars mix={community.mix} />
        <p className={styles.more}>
          <Link to={aboutAddress}>{t('seeAbout')}</Link>
        </p>
      </Slab>
      {running.length > 0 && (
        <Slab title={t('runBy')}>
          <ul className={styles.people}>
            {running.map((person) => (
              <li key={person.id}>
                <PersonChip person={person} to={addressOf(person.id)} />
              </li>
            ))}
          </ul>
        </Slab>
      )}
    </>
  )
}

/** How many of each public, beside the largest of them. */
function PublicBars({ mix }: { mix: Community['mix'] }) {
  const t = useText(texts)
  const tp = useText(publicNames)
  const language = useLanguage()
  const present = publics.filter((kind) => mix[kind] > 0)
  if (present.length === 0) return null
  const most = Math.max(...present.map((kind) => mix[kind]))
  return (
    <ul className={styles.bars} aria-label={t('byPublic')}>
      {present.map((kind) => (
        <li key={kind} data-public={kind}>
          <span className={styles.public}>
            <PublicGlyph public={kind} />
            {tp(kind)}
          </span>
          <span className={styles.bar} aria-hidden="true">
            <i style={{ width: `${(100 * mix[kind]) / most}%` }} />
          </span>
          <b>{formatNumber(mix[kind], language)}</b>
        </li>
      ))}
    </ul>
  )
}
