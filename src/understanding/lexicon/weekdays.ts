/** The days of the week by the code of RFC 5545. */
export const weekdays = new Map(
  Object.entries({
    MO: 'monday mondays mon',
    TU: 'tuesday tuesdays tue tues',
    WE: 'wednesday wednesdays wed weds',
    TH: 'thursday thursdays thu thur thurs',
    FR: 'friday fridays fri',
    SA: 'saturday saturdays sat',
    SU: 'sunday sundays sun',
  }).flatMap(([code, names]) => names.split(' ').map((name) => [name, code] as const)),
);
