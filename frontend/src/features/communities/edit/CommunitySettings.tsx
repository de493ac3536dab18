import { IconAlertTriangle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { formErrors } from '@/api/problem'
import { isOvertaken, useDraft } from '@/api/useDraft'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { Icon } from '@/components/Icon'
import { Slabs } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useChangeCommunity } from '../mutations'
import { type Community, communityQuery, type Draft } from '../queries'
import { CommunityFields, fields } from './CommunityFields'
import styles from './edit.module.css'

/** What is said of a community and its rules, changed by its owners; another who saved first is not written over unseen. */
export function CommunitySettings({ community }: { community: Community }) {
  const t = useText(texts)
  const queryClient = useQueryClient()
  const draft = useDraft(settingsOf(community))
  const saving = useChangeCommunity(community.id)
  const overtaken = isOvertaken(saving.error)
  const errors = formErrors(overtaken ? null : saving.error, fields)
  const change = (more: Partial<Draft>) => {
    draft.set(more)
    if (saving.isSuccess) saving.reset()
  }
  const save = () =>
    saving.mutate(
      { change: draft.changes, version: community.version },
      {
        onSuccess: draft.reset,
        onError: (error) => {
          if (!isOvertaken(error)) return
          draft.overtaken()
          void queryClient.refetchQueries(communityQuery(community.id))
        },
      },
    )
  return (
    <Form error={errors.form} failure={overtaken ? null : saving.error} onSubmit={() => saving.isPending || save()}>
      <Slabs>
        <CommunityFields now={draft.now} onChange={change} errors={errors.fields} hasMembers />
        <div className={styles.save}>
          {overtaken && <Conflict changed={draft.conflict ?? []} />}
          <div className={styles.end}>
            <Button type="submit" busy={saving.isPending}>
              {t(overtaken ? 'saveAnyway' : 'save')}
            </Button>
            {overtaken && (
              <Button
                look="secondary"
                onClick={() => {
                  draft.reset()
                  saving.reset()
                }}
              >
                {t('takeTheirs')}
              </Button>
            )}
            <Result>{saving.isSuccess && t('saved')}</Result>
          </div>
        </div>
      </Slabs>
    </Form>
  )
}

/** Somebody saved first: what he changed. */
function Conflict({ changed }: { changed: readonly (keyof Draft)[] }) {
  const t = useText(texts)
  const names = changed.map((field) => t(labels[field]))
  return (
    <div role="alert" className={styles.note}>
      <Icon as={IconAlertTriangle} />
      <p>
        {t('changedMeanwhile')} {names.length > 0 && t('changedFields', { fields: names.join(', ') })}
      </p>
    </div>
  )
}

const labels = {
  name: 'fieldName',
  summary: 'fieldSummary',
  description: 'fieldDescription',
  language: 'fieldLanguage',
  tags: 'fieldTags',
  access: 'fieldAccess',
  charter: 'fieldCharter',
  posting: 'fieldPosting',
  commenting: 'fieldCommenting',
  uploading: 'fieldUploading',
} as const satisfies Record<keyof Draft, string>

/** What this form changes. */
const settingsOf = (community: Community) =>
  Object.fromEntries(fields.map((field) => [field, community[field]])) as unknown as Draft
