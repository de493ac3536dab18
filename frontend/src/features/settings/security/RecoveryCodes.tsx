import { IconDownload } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { Button } from '@/components/buttons/Button'
import { CopyButton } from '@/components/CopyButton'
import { useText } from '@/lib/i18n'
import common from '../settings.module.css'
import { texts } from './i18n'
import styles from './security.module.css'

/** Shown this once, until the member says they are kept. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useText(texts)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const text = codes.join('\n')
  return (
    <div>
      <h3 ref={heading} tabIndex={-1} className={styles.heading}>
        {t('recovery')}
      </h3>
      <p className={common.lead}>{t('recoveryLead')}</p>
      <ul className={styles.codes} aria-label={t('recovery')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={common.end}>
        <Button onClick={onKept}>{t('recoveryDone')}</Button>
        <CopyButton text={text}>{t('recoveryCopy')}</CopyButton>
        <Button look="secondary" icon={IconDownload} onClick={() => saveAs(t('recoveryFile'), `${text}\n`)}>
          {t('recoveryDownload')}
        </Button>
      </div>
    </div>
  )
}

function saveAs(name: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
