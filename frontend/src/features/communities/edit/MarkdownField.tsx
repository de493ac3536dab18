import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { TextArea } from '@/components/forms/TextArea'
import { Prose } from '@/components/Prose'
import { Pills } from '@/components/Tabs'
import { useText } from '@/lib/i18n'
import type { Language } from '@/lib/language'
import { texts } from '../i18n'
import { previewQuery } from '../queries'
import styles from './edit.module.css'

interface MarkdownFieldProps {
  label: string
  hint: string
  value: string
  onChange: (text: string) => void
  language: Language
  longest: number
  error: string | undefined
}

/** A text in Markdown, written or looked at as it would be read. */
export function MarkdownField({ label, hint, value, onChange, language, longest, error }: MarkdownFieldProps) {
  const t = useText(texts)
  const [mode, setMode] = useState<'write' | 'preview'>('write')
  return (
    <div className={styles.markdown}>
      {mode === 'write' ? (
        <TextArea
          label={label}
          hint={hint}
          optional
          value={value}
          lang={language}
          rows={6}
          maxLength={longest}
          error={error}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Preview label={label} text={value} language={language} />
      )}
      <Pills
        label={t('modes', { field: label })}
        options={[
          { value: 'write', label: t('write') },
          { value: 'preview', label: t('preview') },
        ]}
        value={mode}
        onChange={setMode}
      />
    </div>
  )
}

function Preview({ label, text, language }: { label: string; text: string; language: Language }) {
  const t = useText(texts)
  const written = text.trim() !== ''
  const preview = useQuery({ ...previewQuery(text), enabled: written, placeholderData: keepPreviousData })
  return (
    <section className={styles.preview} aria-label={t('previewOf', { field: label })}>
      <b>{label}</b>
      {written ? (
        <Loaded query={preview}>{({ html }) => <Prose html={html} lang={language} />}</Loaded>
      ) : (
        <p>{t('nothingWritten')}</p>
      )}
    </section>
  )
}
