import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import type { Draft } from './draft'
import styles from './edit.module.css'
import { texts } from './i18n'
import { Repeated } from './Repeated'

const MOST = 10

interface LinkFieldsProps {
  links: Draft['links']
  onChange: (links: Draft['links']) => void
  errorOf: (path: string) => string | undefined
}

export function LinkFields({ links, onChange, errorOf }: LinkFieldsProps) {
  const t = useText(texts)
  return (
    <Repeated
      items={links}
      onChange={onChange}
      blank={{ label: '', url: 'https://' }}
      most={MOST}
      add={t('addLink')}
      nameOf={(number) => t('oneLink', { number })}
    >
      {(link, change, index) => (
        <div className={styles.pair}>
          <TextField
            label={t('linkUrl')}
            type="url"
            inputMode="url"
            value={link.url}
            maxLength={500}
            onChange={(event) => change({ url: event.target.value })}
            error={errorOf(`links/${index}/url`)}
          />
          <TextField
            label={t('linkLabel')}
            optional
            value={link.label}
            maxLength={60}
            onChange={(event) => change({ label: event.target.value })}
            error={errorOf(`links/${index}/label`)}
          />
        </div>
      )}
    </Repeated>
  )
}
