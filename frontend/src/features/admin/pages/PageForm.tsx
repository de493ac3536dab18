import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { formErrors } from '@/api/problem'
import { isOvertaken, useDraft } from '@/api/useDraft'
import { Form } from '@/components/forms/Form'
import { TextArea } from '@/components/forms/TextArea'
import { Prose } from '@/components/Prose'
import { Pills } from '@/components/Tabs'
import { type LegalPage, pageQuery } from '@/entities/page/queries'
import { useText } from '@/lib/i18n'
import type { Language } from '@/lib/language'
import { Conflict } from '../Conflict'
import { SaveBar } from '../SaveBar'
import { texts } from './i18n'
import styles from './pages.module.css'
import { previewQuery, useWritePage } from './queries'

export function PageForm({ page, version }: { page: LegalPage; version: string }) {
  const t = useText(texts)
  const queryClient = useQueryClient()
  const [mode, setMode] = useState<'write' | 'preview'>('write')
  const draft = useDraft({ body: page.body })
  const saving = useWritePage(page.slug, page.language)
  const overtaken = isOvertaken(saving.error)
  const errors = formErrors(overtaken ? null : saving.error, ['body'])
  const { body } = draft.now

  const save = () =>
    saving.mutate(
      { body, version },
      {
        onSuccess: draft.reset,
        onError: (error) => {
          if (!isOvertaken(error)) return
          draft.overtaken()
          void queryClient.refetchQueries(pageQuery(page.slug, page.language))
        },
      },
    )

  return (
    <Form error={errors.form} failure={overtaken ? null : saving.error} onSubmit={() => saving.isPending || save()}>
      {overtaken && <Conflict changed={(draft.conflict ?? []).map(() => t('fieldBody'))} />}
      {overtaken && draft.conflict && draft.conflict.length > 0 && (
        <details className={styles.theirs}>
          <summary>{t('theirs')}</summary>
          <pre lang={page.language}>{page.body}</pre>
        </details>
      )}
      <Pills
        label={t('modes')}
        options={[
          { value: 'write', label: t('write') },
          { value: 'preview', label: t('preview') },
        ]}
        value={mode}
        onChange={setMode}
      />
      <div className={styles.editor}>
        {mode === 'write' ? (
          <TextArea
            label={t('body')}
            hint={t('bodyHint')}
            value={body}
            onChange={(event) => {
              draft.set({ body: event.target.value })
              if (saving.isSuccess) saving.reset()
            }}
            rows={24}
            lang={page.language}
            maxLength={100_000}
            error={errors.fields.body}
          />
        ) : (
          <Preview body={body} language={page.language} />
        )}
      </div>
      <SaveBar
        busy={saving.isPending}
        saved={saving.isSuccess}
        conflict={overtaken}
        onTakeTheirs={() => {
          draft.reset()
          saving.reset()
        }}
      />
    </Form>
  )
}

function Preview({ body, language }: { body: string; language: Language }) {
  const t = useText(texts)
  const written = body.trim() !== ''
  const preview = useQuery({ ...previewQuery(body), enabled: written, placeholderData: keepPreviousData })
  if (!written) return <p>{t('empty')}</p>
  return (
    <Loaded query={preview} lines={10}>
      {({ html, placeholders }) => (
        <section aria-label={t('previewTitle')}>
          {placeholders.length > 0 && (
            <div className={styles.missing}>
              <b>{t('missingTitle')}</b>
              <ul>
                {placeholders.map((one) => (
                  <li key={one} lang={language}>
                    {one}
                  </li>
                ))}
              </ul>
            </div>
          )}
          <Prose html={html} lang={language} />
        </section>
      )}
    </Loaded>
  )
}
