/** Where things are in the application. */
export interface Addresses {
  home: string
  folder: (id: string) => string
  document: (id: string) => string
}
