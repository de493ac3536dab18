import { IconPhoto, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { FormError } from '@/components/forms/FormError'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { Moment } from '@/components/Moment'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { currentLanguage } from '@/lib/language'
import { texts } from '../files.texts'
import { placesQuery, publicationsQuery, usePublish, useRenew } from '../publishing'
import type { PageDocument } from '../types'
import styles from './files.module.css'

interface PublishDialogProps {
  page: PageDocument
  onClose: () => void
}

/** The page as an article in a community: a first one, or those there are brought up to date. */
export function PublishDialog({ page, onClose }: PublishDialogProps) {
  const t = useText(texts)
  const places = useQuery(placesQuery)
  const publications = useQuery(publicationsQuery(page.id))
  return (
    <Dialog open onClose={onClose} title={t('publish')} width={560}>
      {publications.data && publications.data.items.length > 0 && <Articles pageId={page.id} />}
      <Loaded query={places}>
        {(found) =>
          found.length === 0 ? <p>{t('noPlaces')}</p> : <Publishing page={page} places={found} onClose={onClose} />
        }
      </Loaded>
    </Dialog>
  )
}

function Articles({ pageId }: { pageId: string }) {
  const t = useText(texts)
  const { data } = useQuery(publicationsQuery(pageId))
  const renew = useRenew(pageId)
  return (
    <section className={styles.articles} aria-label={t('articles')}>
      <h3>{t('articles')}</h3>
      <FormError>{renew.error && messageOf(renew.error)}</FormError>
      <ul>
        {data?.items.map(({ post_id, title, published_at, is_behind, is_own }) => (
          <li key={post_id}>
            <span>
              {title}
              <small>
                <Moment at={published_at} /> {t(is_behind ? 'behind' : 'upToDate')}
              </small>
            </span>
            {is_own && is_behind && (
              <Button
                look="secondary"
                size="small"
                icon={IconRefresh}
                busy={renew.isPending}
                aria-label={t('renewOne', { title })}
                onClick={() => renew.mutate(post_id)}
              >
                {t('renew')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface PublishingProps extends PublishDialogProps {
  places: { id: string; name: string }[]
}

function Publishing({ page, places, onClose }: PublishingProps) {
  const t = useText(texts)
  const own = places.find(({ id }) => id === page.space.community?.id) ?? places[0]
  const [place, setPlace] = useState(own?.id ?? '')
  const [cover, setCover] = useState<File>()
  const picker = useRef<HTMLInputElement>(null)
  const publish = usePublish(page.id)
  const send = (title: string, alt: string) => {
    if (publish.isPending) return
    publish.mutate(
      { place, title, language: currentLanguage(), cover: cover && { file: cover, alt } },
      { onSuccess: onClose },
    )
  }
  return (
    <Form
      error={publish.error && messageOf(publish.error)}
      failure={publish.error}
      onSubmit={(values) => send(values('title').trim(), values('alt').trim())}
    >
      <TextField label={t('articleTitle')} name="title" defaultValue={page.name} maxLength={200} autoComplete="off" />
      <SelectField
        label={t('articlePlace')}
        options={places.map(({ id, name }) => ({ value: id, label: name }))}
        value={place}
        onChange={setPlace}
      />
      <input
        ref={picker}
        type="file"
        hidden
        accept="image/png,image/jpeg,image/webp"
        aria-label={t('chooseCover')}
        onChange={({ target }) => setCover(target.files?.[0])}
      />
      <Button
        look="secondary"
        size="small"
        icon={IconPhoto}
        className={styles.cover}
        onClick={() => picker.current?.click()}
      >
        {cover ? t('coverIs', { name: cover.name }) : t('chooseCover')}
      </Button>
      {cover && (
        <TextField
          label={t('coverAlt')}
          hint={t('coverAltHint')}
          name="alt"
          maxLength={500}
          optional
          autoComplete="off"
        />
      )}
      <p className={styles.lead}>{t('publishLead')}</p>
      <div className={styles.buttons}>
        <Button type="submit" busy={publish.isPending}>
          {t('publishIt')}
        </Button>
      </div>
    </Form>
  )
}
