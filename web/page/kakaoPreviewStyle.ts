/** Styles of the renderings. In the script, because only who opens them needs them. KakaoTalk's room keeps its colours at night. */
export const kakaoPreviewStyle = `
.preview { width: min(1180px, calc(100vw - 24px)); max-height: calc(100dvh - 24px); padding: 20px; overflow: auto; color: var(--ink); background: var(--surface); border: 1px solid var(--line); border-radius: 20px; }
.preview::backdrop { background: rgb(11 17 23 / 60%); }
.preview-head { display: flex; gap: 12px; align-items: start; justify-content: space-between; }
.preview h2 { margin: 0; font-size: 20px; }
.preview-lead { margin: 4px 0 12px; color: var(--muted); }
.preview select { min-height: 40px; padding: 6px 10px; margin-inline-start: 8px; background: var(--surface); border: 1px solid var(--edge); border-radius: 8px; }
.preview-looks { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr)); gap: 16px; margin-top: 16px; }
.preview-look { min-width: 0; }
.preview-look h3 { margin: 0 0 8px; font-size: 15px; }
.preview-card, .preview-text, .kakao-room { padding: 16px; border-radius: 14px; }
.preview-card { border: 1px solid var(--line); }
.preview-text { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--tint); }
.preview-card button, .preview-card a { min-height: 40px; padding: 8px 12px; font-weight: 600; color: var(--brand); background: none; border: 1px solid var(--edge); border-radius: 10px; }
.kakao-room { display: grid; gap: 8px; justify-items: start; color: #191919; background: #b2c7da; }
.kakao-bubble { box-sizing: border-box; width: 100%; max-width: 300px; padding: 12px 14px; overflow-wrap: anywhere; white-space: pre-line; background: #fff; border-radius: 14px; }
.kakao-bubble p { margin: 0; }
.kakao-bubble .kakao-title { font-weight: 700; }
.kakao-bubble .kakao-small { font-size: 14px; color: #4a4a4a; }
.kakao-row { display: grid; grid-template-columns: 4.5em 1fr; gap: 8px; padding: 4px 0; }
.kakao-row dt { color: #4a4a4a; }
.kakao-row dd { margin: 0; text-align: right; }
.kakao-bubble dl { margin: 8px 0 0; }
.kakao-bubble .kakao-sum { padding-top: 8px; margin-top: 4px; font-weight: 700; border-top: 1px solid #ddd; }
.kakao-bubble ul, .kakao-quick { padding: 0; margin: 8px 0 0; list-style: none; }
.kakao-bubble li + li { padding-top: 8px; margin-top: 8px; border-top: 1px solid #eee; }
.kakao-button { display: block; box-sizing: border-box; padding: 10px; margin-top: 8px; font-weight: 600; color: #191919; text-align: center; text-decoration: none; background: #f0f0f0; border-radius: 8px; }
.kakao-carousel { display: flex; gap: 8px; width: 100%; overflow-x: auto; }
.kakao-carousel .kakao-bubble { flex: 0 0 210px; }
.kakao-quick { display: flex; flex-wrap: wrap; gap: 6px; }
.kakao-quick li { padding: 6px 12px; font-size: 14px; background: #fff; border-radius: 16px; }
.preview-json { margin-top: 12px; }
.preview-json pre { max-height: 260px; padding: 12px; overflow: auto; font-size: 12px; background: var(--tint); border-radius: 10px; }
`;
