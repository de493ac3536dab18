import { useQueries } from '@tanstack/react-query'
import { useText } from '@/lib/i18n'
import { calledQuery } from '../queries'
import { texts } from '../told.texts'
import type { Place, Writing } from '../writing'
import styles from './composer.module.css'

/** As the server knows a post that calls everybody. */
const EVERYBODY = /(?<![\p{L}\p{N}_@])@communaut[ée](?![\p{L}\p{N}_])/u

/** How many will be notified of what is being written, before it is said. */
export function WhoIsTold({ here, writing }: { here: Place; writing: Writing }) {
  const t = useText(texts)
  const { body, people, others } = writing
  const calls = EVERYBODY.test(body)
  const named = Object.keys(people).filter((name) => body.includes(`@${name}`)).length
  return (
    <div className={styles.told} aria-live="polite">
      {calls && <Called places={[here, ...others]} />}
      {named > 0 && <p>{t('named', { count: named })}</p>}
      {!calls && named === 0 && <p>{t('nobody')}</p>}
    </div>
  )
}

function Called({ places }: { places: readonly Place[] }) {
  const t = useText(texts)
  const counted = useQueries({ queries: places.map(({ id }) => calledQuery(id)) })
  return places.map(({ id, name }, index) => {
    const called = counted[index]?.data
    if (called === undefined) return <p key={id}>{t('counting')}</p>
    if (!called.calls) return <p key={id}>{t('cannot', { name })}</p>
    const told = called.told === null ? t('most', { count: called.people }) : t('everybody', { count: called.told })
    return <p key={id}>{places.length === 1 ? t('whole', { told }) : t('whose', { name, told })}</p>
  })
}
