/**
 * The launcher and the panel's frame, inside a shadow root. `:host` rules with `!important` win over any rule of the
 * page around it, its own `!important` ones included (CSS Cascade 4, section 6.4.2), so hostile styles change nothing.
 */
export const loaderStyle = `
:host{all:initial!important;direction:ltr!important;unicode-bidi:normal!important;display:block!important;position:fixed!important;inset:auto 0 0 auto!important;width:auto!important;height:auto!important;z-index:2147483000!important;visibility:visible!important;opacity:1!important;transform:none!important;filter:none!important;pointer-events:auto!important;margin:0!important;padding:0!important;color-scheme:light dark!important}
@media print{:host{display:none!important}}
*{box-sizing:border-box}
button{position:fixed;right:max(20px,env(safe-area-inset-right));bottom:max(20px,env(safe-area-inset-bottom));display:flex;gap:10px;align-items:center;min-height:56px;max-width:calc(100% - 40px);margin:0;padding:6px 18px 6px 14px;font:700 16px/1.3 Pretendard,"Noto Sans KR","Noto Sans CJK KR","Apple SD Gothic Neo","Malgun Gothic",system-ui,sans-serif;color:#fff;text-align:start;word-break:keep-all;cursor:pointer;background:#0f5f8c;border:2px solid transparent;border-radius:28px;box-shadow:0 2px 6px rgb(16 24 32/25%),0 8px 24px rgb(16 24 32/20%)}
button:hover{background:#0b4a6e}
button:focus-visible{outline:3px solid #fff;outline-offset:2px;box-shadow:0 0 0 8px #0f5f8c}
svg{flex:none;width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
iframe{position:fixed;right:max(20px,env(safe-area-inset-right));bottom:max(20px,env(safe-area-inset-bottom));width:400px;max-width:calc(100% - 40px);height:min(680px,calc(100% - 40px));border:0;border-radius:20px;background:#fff;box-shadow:0 4px 12px rgb(16 24 32/20%),0 16px 48px rgb(16 24 32/25%);color-scheme:normal}
@media (prefers-color-scheme:dark){iframe{background:#18222c}}
@media (forced-colors:active){iframe{border:2px solid CanvasText}}
@media (max-width:520px),(max-height:480px){iframe{inset:0;width:100%;max-width:none;height:100%;border-radius:0}}
p{position:fixed;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[hidden]{display:none}
@media (prefers-reduced-motion:no-preference){iframe{animation:rise .18s ease-out}@keyframes rise{from{opacity:0;translate:0 12px}}}
`;
