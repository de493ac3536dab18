/** Where things are in the application. */
export interface Addresses {
  home: string
  shared: string
  trash: string
  folder: (id: string) => string
  document: (id: string) => string
  community: (id: string) => string
  person: (id: string) => string
}
