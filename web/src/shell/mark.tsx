/** The customs-house clock, half set in the water: river and sea (江海). */
export function Mark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg
      className="mark"
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      aria-hidden="true"
    >
      <g strokeWidth="2" strokeLinecap="round">
        <path className="mark-dial" d="M6.5 17.5a9.5 9.5 0 1 1 19 0" />
        <path className="mark-hands" d="M16 17v-6.2M16 17l4-2.6" />
        <path
          className="mark-water"
          d="M4.5 21.5c2.3-1.7 4.4-1.7 6.7 0s4.5 1.7 6.8 0 4.5-1.7 6.8 0c1 .7 1.9 1.1 2.7 1.2M7.5 26c1.9-1.3 3.7-1.3 5.6 0s3.8 1.3 5.7 0 3.7-1.3 5.6 0"
        />
      </g>
    </svg>
  );
}
