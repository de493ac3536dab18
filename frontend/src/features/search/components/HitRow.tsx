import { Link } from '@tanstack/react-router'
import { Chip } from '@/components/Chip'
import { Moment } from '@/components/Moment'
import { PublicGlyph } from '@/components/people/PublicGlyph'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { textOf } from '../found'
import { texts } from '../i18n'
import { pageTexts } from '../page.texts'
import type { Hit } from '../types'
import { HitSign } from './HitSign'
import { Marked } from './Marked'
import { kindOfFile, Titled } from './Told'
import styles from './view.module.css'

const ones = {
  person: 'onePerson',
  community: 'oneCommunity',
  page: 'onePage',
  post: 'onePost',
  comment: 'oneComment',
  message: 'oneMessage',
  event: 'oneEvent',
} as const

/** One thing found: what it is called, the words around what was looked for, and what it is, whose, where and when. */
export function HitRow({ hit, to }: { hit: Hit; to: string }) {
  const t = useText(texts)
  const tp = useText(pageTexts)
  const { kind, passages, person, reason } = hit
  return (
    <li className={styles.row}>
      <HitSign hit={hit} size={44} />
      <div>
        <h3>
          <Link to={to}>
            <Titled hit={hit} />
          </Link>
        </h3>
        {passages.map((passage) => (
          <p key={textOf(passage)} className={styles.passage}>
            <Marked passages={passage} />
          </p>
        ))}
        <p className={styles.meta}>
          {kind !== 'document' && (
            <span>
              {person?.public && <PublicGlyph public={person.public} />}
              {tp(ones[kind])}
            </span>
          )}
          <Facts hit={hit} />
          {person?.mentoring && <Chip look="soft">{t('mentoring')}</Chip>}
          <Chip look="line">{tp(reason)}</Chip>
        </p>
      </div>
    </li>
  )
}

function Facts({ hit }: { hit: Hit }) {
  const t = useText(texts)
  const language = useLanguage()
  const { kind, at, place, author, person, community, document, event } = hit
  return (
    <>
      {person?.affiliation && <span>{person.affiliation}</span>}
      {community && <span>{t('people', { count: community.people })}</span>}
      {document && kind === 'document' && (
        <span>{`${kindOfFile(hit, t)}, ${formatSize(document.size, language)}`}</span>
      )}
      {author && kind !== 'person' && <span>{author.name}</span>}
      {place?.name && kind !== 'message' && <span>{place.name}</span>}
      {event ? <Moment at={event.starts_at} /> : at && kind !== 'person' && kind !== 'community' && <Moment at={at} />}
    </>
  )
}
