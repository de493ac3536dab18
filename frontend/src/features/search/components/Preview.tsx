import { IconEye } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from '@/components/buttons/Button'
import type { Access } from '@/entities/community/queries'
import { texts as communityTexts } from '@/entities/community/texts'
import { formatDate, formatMoment } from '@/lib/dates'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { type Addresses, addressOf } from '../addresses'
import { factNames } from '../facts.texts'
import { keyOf, textOf } from '../found'
import { texts } from '../i18n'
import { previewQuery } from '../queries'
import type { Hit, Preview as PreviewData } from '../types'
import { HitSign } from './HitSign'
import { Marked } from './Marked'
import styles from './preview.module.css'
import { kindOfFile, nameOf } from './Told'

interface PreviewProps {
  hit: Hit
  words: string
  to: Addresses
  onGo: (address: string) => void
}

/** More of what is looked at: its words around what was looked for, what is known of it, what stands beside it. */
export function Preview({ hit, words, to, onGo }: PreviewProps) {
  const t = useText(texts)
  const { data } = useQuery({ ...previewQuery(hit.kind, hit.id, words), placeholderData: keepPreviousData })
  const known = data && keyOf(data) === keyOf(hit) ? data : undefined
  const passages = known?.passages ?? hit.passages
  return (
    <section className={styles.preview} aria-label={t('preview')} aria-busy={known === undefined || undefined}>
      {passages.length > 0 && (
        <div className={styles.sheet}>
          {passages.map((passage) => (
            <p key={textOf(passage)}>
              <Marked passages={passage} />
            </p>
          ))}
        </div>
      )}
      <div className={styles.named}>
        {hit.kind !== 'document' && <HitSign hit={hit} size={44} />}
        <h2>{nameOf(hit, t)}</h2>
      </div>
      {known && <Facts of={known} />}
      <Button icon={IconEye} wide onClick={() => onGo(addressOf(hit, to))}>
        {t('open')}
      </Button>
      {known && known.nearby.length > 0 && <Nearby {...known} to={to} onGo={onGo} />}
    </section>
  )
}

/** Files by who put them there; all else by who said it. */
function Facts({ of }: { of: PreviewData }) {
  const t = useText(factNames)
  const tt = useText(texts)
  const ta = useText(communityTexts)
  const language = useLanguage()
  const isFile = of.kind === 'document'
  const isSaid = of.kind === 'message' || of.document !== null // By its name above, or by the folder beside.
  const told = ORDER.flatMap((key) => of.facts.filter((fact) => fact.key === key && !(isSaid && key === 'place')))
  if (told.length === 0) return null
  return (
    <dl className={styles.facts}>
      {told.map(({ key, value }) => (
        <div key={key}>
          <dt>{t(isFile && key === 'author' ? 'uploaded' : key)}</dt>
          <dd>{worded(key, value)}</dd>
        </div>
      ))}
    </dl>
  )

  function worded(key: Fact['key'], value: string) {
    switch (key) {
      case 'said_at':
      case 'changed_at':
        return formatDate(value, language)
      case 'starts_at':
      case 'ends_at':
        return formatMoment(value, language)
      case 'size':
        return formatSize(Number(value), language)
      case 'people':
        return formatNumber(Number(value), language)
      case 'access':
        return ta(value as Access)
      case 'group':
        return of.kind === 'page' ? tt('together') : kindOfFile(of, tt)
      case 'mentoring':
        return t('offered')
      default:
        return value
    }
  }
}

type Fact = PreviewData['facts'][number]

const ORDER = Object.keys(factNames.fr)

function Nearby({ kind, nearby, to, onGo }: Pick<PreviewData, 'kind' | 'nearby'> & Pick<PreviewProps, 'to' | 'onGo'>) {
  const t = useText(texts)
  const isFile = kind === 'document' || kind === 'page'
  return (
    <>
      <h3>{t(isFile ? 'sameFolder' : kind === 'message' ? 'sameConversation' : 'sameCommunity')}</h3>
      <ul className={styles.nearby}>
        {nearby.map((one) => {
          const address = addressOf(one, to)
          return (
            <li key={keyOf(one)}>
              <a
                href={address}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return
                  event.preventDefault()
                  onGo(address)
                }}
              >
                {one.title}
              </a>
            </li>
          )
        })}
      </ul>
    </>
  )
}
