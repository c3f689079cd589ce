import type { MessageKind } from '@lastmile/shared/message'
import type { Text } from '@lastmile/shared/text'

/** What each kind of message says, and what is to be done, as mail says it. The screen says it in its own words (`web/src/locales`). */
export const saidOf: Record<MessageKind, { title: Text; todo: Text }> = {
  report_quarantined: { title: { zh: '报送被隔离，等待复核', en: 'A report is held in quarantine' }, todo: { zh: '请查看原因；如有误，可撤回后重新报送。', en: 'See why; if it is wrong, withdraw it and send it again.' } },
  report_waits_review: { title: { zh: '有被隔离的报送待复核', en: 'A report waits for review' }, todo: { zh: '请查看原因，予以放行或退回。', en: 'See why it is held, and release or return it.' } },
  report_returned: { title: { zh: '报送被退回', en: 'A report was returned' }, todo: { zh: '请按退回原因更正后重新报送。', en: 'Correct it for the reason given, and send it again.' } },
  report_released: { title: { zh: '报送已放行', en: 'A report was released' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  report_accepted: { title: { zh: '报送已接受', en: 'A report was accepted' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  report_waits_approval: { title: { zh: '有报送待审核', en: 'A report waits for approval' }, todo: { zh: '请核对后审核。', en: 'Look through it, and approve it.' } },
  report_approved: { title: { zh: '报送已审核', en: 'A report was approved' }, todo: { zh: '无需处理；该报送已锁定。', en: 'Nothing is to be done; it is locked.' } },
  report_reopened: { title: { zh: '报送已重新打开', en: 'A report was opened again' }, todo: { zh: '请更正后重新报送。', en: 'Correct it and send it again.' } },
  report_corrected: { title: { zh: '报送已更正', en: 'A report was corrected' }, todo: { zh: '请查看新版本。', en: 'Look at the new version.' } },
  report_published: { title: { zh: '报送已到发布时间，已接受', en: 'The embargo of a report has ended, and it counts' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  report_not_published: { title: { zh: '报送已到发布时间，未能接受', en: 'The embargo of a report has ended, and it could not be accepted' }, todo: { zh: '请查看该报送，更正后重新报送。', en: 'Look at it, correct it and send it again.' } },
  draft_has_errors: { title: { zh: '对接系统报送的文件有错误', en: 'A file that a machine sent has errors' }, todo: { zh: '请查看错误清单，更正后重新报送。', en: 'Look at its errors, correct them and send it again.' } },
  reminder_before_due: { title: { zh: '报送期限将至', en: 'A report is due soon' }, todo: { zh: '请在期限前报送。', en: 'Send it before it is due.' } },
  reminder_overdue: { title: { zh: '报送已逾期', en: 'A report is overdue' }, todo: { zh: '请尽快报送；如无可报，请办理零报送。', en: 'Send it soon; if there is nothing to report, say so.' } },
  source_overdue: { title: { zh: '有来源逾期未报送', en: 'A source has not reported in time' }, todo: { zh: '请提醒其尽快报送。', en: 'Ask it for its report.' } },
  confirmation_asked: { title: { zh: '请核实数据矛盾', en: 'Please confirm where the evidence contradicts itself' }, todo: { zh: '请逐对核实，并按实际情况报送。', en: 'Look at each pair, and report what is so.' } },
  bulletin_preview: { title: { zh: '通报拟发布，请核对涉及本单位的数据', en: 'A bulletin is to be published: look at your own lines' }, todo: { zh: '请在发布前核对；有误的，请提出更正或意见。', en: 'Look at them before it is; say what is wrong, or comment.' } },
  bulletin_published: { title: { zh: '通报已发布', en: 'A bulletin was published' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  bulletin_withdrawn: { title: { zh: '通报已撤回或暂缓发布', en: 'A bulletin was withdrawn or held back' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  bulletin_commented: { title: { zh: '有单位对通报提出意见或更正', en: 'Somebody comments on a line of a bulletin' }, todo: { zh: '请核实并答复；确有错误的，请另行编制替代。', en: 'Look into it and answer; if it is wrong, keep another in its place.' } },
  bulletin_answered: { title: { zh: '对通报的意见已有答复', en: 'Your comment on a bulletin was answered' }, todo: { zh: '请查看答复。', en: 'See the answer.' } },
}
