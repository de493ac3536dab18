import { IconFilter, IconHeart, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Chip } from '@/components/Chip'
import { Checkbox } from '@/components/forms/Checkbox'
import { CheckCard } from '@/components/forms/CheckCard'
import { FormError } from '@/components/forms/FormError'
import { PasswordField } from '@/components/forms/PasswordField'
import { SelectField } from '@/components/forms/SelectField'
import { TextArea } from '@/components/forms/TextArea'
import { TextField } from '@/components/forms/TextField'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { PageTitle } from '@/components/PageTitle'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { motifNames, palettes, STONE } from '@/components/paving/motifs'
import { Affiliation } from '@/components/people/Affiliation'
import { AudienceChip } from '@/components/people/AudienceChip'
import { MixBar } from '@/components/people/MixBar'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { type Public, publics } from '@/components/people/publics'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { ErrorState } from '@/components/states/ErrorState'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { NotFoundState } from '@/components/states/NotFoundState'
import { PermissionState } from '@/components/states/PermissionState'
import { Pills, Tabs } from '@/components/Tabs'
import { ThemeSwitch } from '@/components/ThemeSwitch'
import { showToast } from '@/components/toast/toasts'
import { paths } from '../paths'
import styles from './KitchenPage.module.css'

/** Every component on one board, to look at and to check; its words are samples, in French alone. */
export function KitchenPage() {
  return (
    <div className={styles.board} lang="fr">
      <div className={styles.whole}>
        <PageTitle lead="La planche de référence.">Composants et états</PageTitle>
      </div>
      <Slab title="La forme dit le public">
        <People />
      </Slab>
      <Slab title="Le pavage dit la communauté">
        <Pavings />
      </Slab>
      <Slab title="Boutons">
        <Buttons />
      </Slab>
      <Slab title="Champs">
        <Fields />
      </Slab>
      <Slab>
        <EmptyState title="Rien ici pour l’instant" action={<Button size="small">Écrire le premier message</Button>}>
          Présentez-vous en deux lignes, la communauté saura vous répondre.
        </EmptyState>
      </Slab>
      <Slab>
        <LoadingSlab person />
      </Slab>
      <Slab>
        <ErrorState title="Le message n’est pas parti" onRetry={() => undefined}>
          Il est gardé ici. Le serveur n’a pas répondu.
        </ErrorState>
      </Slab>
      <Slab>
        <PermissionState title="Communauté fermée" action={<Button size="small">Demander l’accès</Button>}>
          Nadia Cherkaoui anime ce groupe et peut vous en ouvrir l’accès.
        </PermissionState>
      </Slab>
      <Slab>
        <NotFoundState />
      </Slab>
      <Slab title="Apparence">
        <ThemeSwitch />
      </Slab>
    </div>
  )
}

const people: readonly [string, Public, string, 'online' | 'away' | undefined][] = [
  ['Inès Benali', 'student', 'Étudiante, L3', 'online'],
  ['Claire Vasseur', 'alum', 'Alumni 2014', 'away'],
  ['Bernard Roussel', 'staff', 'Personnel, patrimoine', undefined],
  ['Atelier Rivières', 'partner', 'Entreprise partenaire', undefined],
]

function People() {
  return (
    <ul className={styles.people}>
      {people.map(([name, kind, words, presence]) => (
        <li key={name}>
          <PersonAvatar id={name} name={name} public={kind} size={52} presence={presence} />
          <div>
            <b>{name}</b>
            <Affiliation public={kind}>{words}</Affiliation>
          </div>
        </li>
      ))}
    </ul>
  )
}

function Pavings() {
  return (
    <>
      <Row>
        {motifNames.map((motif, index) => (
          <CommunityTile key={motif} of={{ motif, palette: palettes[index] ?? STONE }} size={64} />
        ))}
      </Row>
      <Row>
        {publics.map((kind) => (
          <AudienceChip key={kind} public={kind} />
        ))}
        <Chip look="light">Nouveau</Chip>
        <Chip look="soft">Mentorat</Chip>
        <Chip look="line">Animatrice</Chip>
      </Row>
      <Row>
        <MixBar counts={{ student: 438, alum: 97, staff: 71, partner: 6 }} />
      </Row>
    </>
  )
}

function Buttons() {
  const [open, setOpen] = useState(false)
  const [filter, setFilter] = useState<'all' | 'news'>('all')
  return (
    <>
      <Row>
        <Button
          onClick={() =>
            showToast({ text: 'Publication supprimée', action: { label: 'Annuler', onSelect: () => undefined } })
          }
        >
          Publier
        </Button>
        <Button look="secondary">Aperçu</Button>
        <Button look="soft" icon={IconFilter}>
          Filtrer
        </Button>
        <Button look="quiet" icon={IconHeart}>
          Merci
        </Button>
      </Row>
      <Row>
        <Button look="danger" icon={IconTrash} onClick={() => setOpen(true)}>
          Supprimer
        </Button>
        <Button look="secondary" disabled>
          Indisponible
        </Button>
        <Button busy>Envoi</Button>
        <Button look="secondary" size="small">
          Petit
        </Button>
        <IconButton icon={IconTrash} label="Mettre à la corbeille" />
      </Row>
      <div className={styles.tabs}>
        <Tabs
          label="Exemple d’onglets"
          tabs={[
            { label: 'Mur', to: paths.kitchen },
            { label: 'Documents', to: paths.home, count: 84 },
          ]}
        />
      </div>
      <Row>
        <Pills
          label="Exemple de filtres"
          options={[
            { value: 'all', label: 'Pour vous' },
            { value: 'news', label: 'Annonces' },
          ]}
          value={filter}
          onChange={setFilter}
        />
      </Row>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title="Supprimer la publication"
        confirm="Supprimer"
        danger
        onConfirm={async () => undefined}
      >
        Elle disparaîtra pour tout le monde.
      </ConfirmDialog>
    </>
  )
}

function Fields() {
  const [language, setLanguage] = useState<'fr' | 'en'>('fr')
  return (
    <>
      <FormError>Trop d’essais. Réessayez dans une minute.</FormError>
      <TextField label="Titre" hint="80 signes au plus" defaultValue="Sortie du 18 mars" />
      <TextField
        label="Adresse électronique"
        type="email"
        defaultValue="ines.benali@valorne"
        error={'Il manque la fin, par exemple «\u00a0.example\u00a0»'}
      />
      <PasswordField label="Mot de passe" autoComplete="new-password" />
      <SelectField
        label="Langue"
        options={[
          { value: 'fr', label: 'Français' },
          { value: 'en', label: 'English' },
        ]}
        value={language}
        onChange={setLanguage}
      />
      <TextArea label="Présentation" optional />
      <Checkbox label="Seulement le campus Citadelle" defaultChecked />
      <CheckCard picture={<CommunityTile of="rivieres" size={38} />} label="Terrain et rivières" defaultChecked />
    </>
  )
}

const Row = ({ children }: { children: ReactNode }) => <div className={styles.row}>{children}</div>
