//! The agenda of a conference put into another order: by dragging a row, and by keyboard.

use serde_json::json;

use crate::{
    support::{Browser, Server},
    year::Year,
};

/// Number and words of every item, in the order of the page.
async fn rows(browser: &Browser) -> serde_json::Value {
    browser
        .run(
            "return [...document.querySelectorAll('#items-rows tr')].map(row =>
                [row.querySelector('[name=item_order]').value, row.querySelector('[name=item_title]').value])
             .filter(([, title]) => title)",
        )
        .await
}

#[tokio::test]
async fn an_agenda_is_ordered_by_dragging_and_by_keyboard() {
    let server = Server::start();
    let browser = Browser::open(&server.url, 1440, 900).await;
    browser.sign_in("phutho").await;
    let year = Year::current();
    browser.go(&year.path("hoi-nghi")).await;
    browser
        .run("document.querySelector('form[action$=\"/moi\"] input[value=bat-thuong]').form.requestSubmit()")
        .await;
    browser.sees("II. Chương trình").await;
    let [first, second, third] = [
        "Ổn định tổ chức, giới thiệu đại biểu",
        "Nội dung cần bàn",
        "Kết luận hội nghị",
    ];
    assert_eq!(
        rows(&browser).await,
        json!([["1", first], ["2", second], ["3", third]])
    );
    browser
        .find("#items-rows tr:first-child .order-handle")
        .await
        .send_keys("\u{e015}")
        .await
        .unwrap();
    assert_eq!(
        rows(&browser).await,
        json!([["1", second], ["2", first], ["3", third]]),
        "arrow down"
    );
    browser
        .run("document.querySelector('#items-rows').scrollIntoView({block: 'center', behavior: 'instant'})")
        .await;
    let from = browser.find("#items-rows tr:nth-child(3) .order-handle").await;
    let to = browser.find("#items-rows tr:nth-child(1) .order-handle").await;
    browser
        .driver()
        .action_chain()
        .click_and_hold_element(&from)
        .move_to_element_center(&to)
        .release()
        .perform()
        .await
        .unwrap();
    let wanted = json!([["1", third], ["2", second], ["3", first]]);
    assert_eq!(rows(&browser).await, wanted, "dragged to the top");
    browser.next("").await;
    browser.go(&year.path("hoi-nghi/bat-thuong-1/sua")).await;
    assert_eq!(rows(&browser).await, wanted, "and saved");
    browser.look().await;
}
