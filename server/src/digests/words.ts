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
  supply_gap_opened: { title: { zh: '出现供应缺口', en: 'There is too little, or none, of a drug' }, todo: { zh: '请核实原因：缺货的协调补货；未进院的推进挂网和药事会。', en: 'Find out why: have it supplied where it ran out, listed and admitted where it never was.' } },
  reporting_gap_opened: { title: { zh: '出现报送缺口', en: 'Reports about a drug are missing or old' }, todo: { zh: '请报送或催报；未报送不等于无货。', en: 'Send the report, or ask for it: what is not reported is not out of stock.' } },
  evidence_gap_opened: { title: { zh: '出现证据缺口', en: 'One word alone says that a drug is there' }, todo: { zh: '请核实有货情况，或确认有无实际供应。', en: 'Confirm that it is there, or that it is supplied.' } },
  gap_closed: { title: { zh: '缺口已消除', en: 'A gap has closed' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  coverage_fell: { title: { zh: '配备机构明显减少', en: 'Fewer institutions stock a drug' }, todo: { zh: '请查看减少的原因：确已无货，还是未报送。', en: 'See why: because it is gone, or because nobody reported.' } },
  subscribed_overdue: { title: { zh: '订阅范围内有来源逾期未报送', en: 'A source to which you subscribe has not reported in time' }, todo: { zh: '供知悉；报送单位已收到提醒。', en: 'For your information; its office was reminded.' } },
  subscribed_quarantine: { title: { zh: '订阅范围内有报送被隔离', en: 'A report to which you subscribe is held in quarantine' }, todo: { zh: '供知悉；复核放行后才计入。', en: 'For your information; it counts once it is released.' } },
  confirmation_asked: { title: { zh: '请核实数据矛盾', en: 'Please confirm where the evidence contradicts itself' }, todo: { zh: '请逐对核实，并按实际情况报送。', en: 'Look at each pair, and report what is so.' } },
}
