/** Something about the carrier's system that a person must look into. No personal data. */
export type TmfAlarm =
  /** Records of another owner came back for a question about one owner; they were dropped. */
  | { readonly kind: 'wrongOwner'; readonly resource: string; readonly count: number }
  /** HTTP 401 or 403: credentials or rights are wrong. */
  | { readonly kind: 'accessRefused'; readonly status: number }
  /** A product's id holds its phone number; ids end up in records and logs. */
  | { readonly kind: 'tellingProductId' }
  /** Several products have one phone number; none of them is taken for the line. */
  | { readonly kind: 'ambiguousNumber' }
  | { readonly kind: 'circuit'; readonly resource: string; readonly state: 'open' | 'closed' };

export type OnTmfAlarm = (alarm: TmfAlarm) => void;
