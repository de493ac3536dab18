import { PublicGlyph } from '@/components/people/PublicGlyph'
import { type Public, publicNames } from '@/components/people/publics'
import { useText } from '@/lib/i18n'
import styles from './settings.module.css'

/** Shape, colour and word: never one without the others. */
export function PublicWord({ of }: { of: Public }) {
  const t = useText(publicNames)
  return (
    <span className={styles.public}>
      <PublicGlyph public={of} />
      {t(of)}
    </span>
  )
}
